// Package digest takes the fingerprints of files.
package digest

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
)

// OfFile is the SHA-256 of a file in hexadecimal digits, and how many bytes it has.
func OfFile(path string) (sha string, bytes int64, err error) {
	file, err := os.Open(path)
	if err != nil {
		return "", 0, err
	}
	sum := sha256.New()
	bytes, err = io.Copy(sum, file)
	return hex.EncodeToString(sum.Sum(nil)), bytes, cmp.Or(err, file.Close())
}
