"""Mathematics on scalars and arrays, in the field's terms; knows no column and no phase."""
