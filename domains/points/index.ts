export {
  balanceOf,
  earn,
  earnedFor,
  giveBackSpent,
  of,
  spend,
  spendAsFact,
  takeBack,
  PointsMoved,
  PointsShort,
} from './points.ts'
