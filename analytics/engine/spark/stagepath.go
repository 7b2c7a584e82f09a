package spark

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
)

// StagePath reads where the cluster leaves its results, as the job file says it, and gives
// the folder as this machine calls it. DuckDB reads files from there, and what it would need
// for an object store is an extension that this program does not hold and never downloads.
func StagePath(text string) (folder string, err error) {
	scheme, rest, ok := strings.Cut(text, ":")
	switch {
	case !ok || strings.Contains(scheme, "/"):
		rest = text
	case scheme == "file":
		rest = "/" + strings.TrimLeft(rest, "/")
	default:
		return "", fmt.Errorf("%s: is not read back; name a folder that the cluster and this machine share, such as file:///mnt/stage, which may be a bucket that is mounted", scheme)
	}
	if !strings.HasPrefix(rest, "/") || !filepath.IsAbs(filepath.FromSlash(rest)) {
		return "", errors.New("the cluster does not know this program's working folder; write the whole path, such as file:///mnt/stage")
	}
	if strings.ContainsAny(rest, `*?[]{}\`) {
		return "", errors.New(`the cluster sees a pattern in a path with one of *?[]{}\; choose another folder`)
	}
	return filepath.Clean(filepath.FromSlash(rest)), nil
}

// asURI is a folder of this machine as the cluster calls it. Spark takes the path as it
// is, without escapes.
func asURI(folder string) string { return "file://" + filepath.ToSlash(folder) }
