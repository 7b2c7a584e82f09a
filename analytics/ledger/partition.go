package ledger

import (
	"net/url"
	"path/filepath"
	"strings"
)

// partition is what a folder called key=value says of the files in it, as
// Hive and Spark lay out tables.
type partition struct{ key, value string }

// partitions are those of the folders in a file's path, as the job file spells
// it: a folder above the job file says nothing of its exports.
func (f file) partitions() []partition {
	var all []partition
	for folder := range strings.SplitSeq(filepath.ToSlash(filepath.Dir(f.path)), "/") {
		key, value, ok := strings.Cut(folder, "=")
		if !ok || key == "" {
			continue
		}
		if plain, err := url.PathUnescape(value); err == nil {
			value = plain
		}
		if value == "__HIVE_DEFAULT_PARTITION__" { // Hive's folder of rows without a value
			value = ""
		}
		all = append(all, partition{key, value})
	}
	return all
}
