"""The public registry as files: GeoPackage, GeoJSON, CSV and XLSX, each with its sources, day and snapshot."""
