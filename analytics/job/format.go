package job

import (
	"path/filepath"
	"strings"
)

// extensions maps what a file name ends in, without a compression suffix, to
// the format it says.
var extensions = map[string]Format{
	".csv": CSV, ".tsv": CSV, ".txt": CSV,
	".parquet": Parquet, ".pq": Parquet,
	".json": JSON, ".jsonl": JSON, ".ndjson": JSON,
	".arrow": Arrow, ".feather": Arrow,
	".xlsx": XLSX, ".xlsm": XLSX,
}

// FormatOf tells a file's format from its name; readers undo compression by the same
// suffixes.
func FormatOf(name string) (Format, bool) {
	f, ok := extensions[filepath.Ext(UncompressedName(name))]
	return f, ok
}

// UncompressedName is a file's name in small letters, without what says how it is
// compressed.
func UncompressedName(name string) string {
	name = strings.ToLower(name)
	for _, suffix := range []string{".gz", ".zst"} {
		name = strings.TrimSuffix(name, suffix)
	}
	return name
}
