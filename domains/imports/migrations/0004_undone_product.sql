-- outside transaction: what an import added and was taken back is on sale again when its file comes again.
create index concurrently if not exists undone_product on imports.undone (product) where outcome <> 'kept';
