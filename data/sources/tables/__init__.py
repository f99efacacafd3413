"""Tables of any format as cells: XLSX, XLS, ODS, CSV, GeoJSON; binary ones are read in a process of their own."""
