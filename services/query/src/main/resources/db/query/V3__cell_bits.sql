-- How many bits hold every released value of an epoch, so that encrypted questions know the cells' shape.
ALTER TABLE query.epochs ADD COLUMN cell_bits integer NOT NULL DEFAULT 63;
