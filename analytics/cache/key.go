package cache

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"

	"clientele/internal/digest"
)

// Key is what an entry is found by.
type Key struct {
	Bytes   int64  // of the file
	Content string // sha256 of the file
	Meaning string // fingerprint of what else its rows depend on
}

// nameDigits are those of a fingerprint in a name: 128 bits. The manifest has all.
const nameDigits = 32

// Name is what the files of the entry begin with.
func (k Key) Name() string {
	return fmt.Sprintf("%d-%.*s-%.*s", k.Bytes, nameDigits, k.Content, nameDigits, k.Meaning)
}

// bytesOf is the size of the file that an entry is of, by its name.
func bytesOf(name string) (int64, bool) {
	digits, _, _ := strings.Cut(name, "-")
	n, err := strconv.ParseInt(digits, 10, 64)
	return n, err == nil
}

// Meaning is the fingerprint of texts.
func Meaning(texts ...string) string {
	sum := sha256.New()
	for _, text := range texts {
		fmt.Fprintf(sum, "%d\n%s\n", len(text), text) // so that ab, c is not a, bc
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// Program is the fingerprint of the program that runs. What one build of it keeps, another
// does not take: nobody has to know which changes of the code change what a row means.
var Program = sync.OnceValues(func() (string, error) {
	path := "/proc/self/exe" // what runs, even where another stands under its name by now
	if _, err := os.Stat(path); err != nil {
		if path, err = os.Executable(); err != nil {
			return "", err
		}
	}
	sum, _, err := digest.OfFile(path)
	return sum, err
})
