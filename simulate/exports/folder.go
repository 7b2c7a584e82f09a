package exports

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
)

// File is one file of an export.
type File struct {
	// Path is its place in the folder of the export, with slashes.
	Path string
	Data []byte
	// Rows is how many records it holds: lines of a table without its heading,
	// or objects. Lists of customers and rates of exchange count too.
	Rows int
	// Spare files have nothing that is not in others: nobody needs to read them.
	Spare bool
}

// Save writes the files of the export into a folder.
func (e *Export) Save(dir string) error {
	for _, f := range e.Files {
		path := filepath.Join(dir, filepath.FromSlash(f.Path))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return fmt.Errorf("exports: %w", err)
		}
		if err := os.WriteFile(path, f.Data, 0o644); err != nil {
			return fmt.Errorf("exports: %w", err)
		}
	}
	return nil
}

// Variation is what shops change about an export that remains of its kind.
type Variation struct {
	// Shuffle puts columns in another order, Drop leaves out columns that the
	// reading does not need, Rename calls the files something else.
	Shuffle, Drop, Rename bool
}

// folder takes the files of an export.
type folder struct {
	Variation
	dice  *rand.Rand
	files []File
}

// newFolder is an empty one.
func newFolder(o Options) *folder {
	return &folder{Variation: o.Variation, dice: rand.New(rand.NewPCG(o.Seed, 0xf01d))}
}

// add puts a file into the folder.
func (f *folder) add(path string, data []byte, rows int) {
	if f.Rename {
		path = renamed(path)
	}
	f.files = append(f.files, File{Path: path, Data: data, Rows: rows})
}

// spareLast marks the file that was added last as one that nobody needs.
func (f *folder) spareLast() { f.files[len(f.files)-1].Spare = true }

// renamed is what somebody might call the file: another name, the same ending.
func renamed(path string) string {
	dir, name := filepath.Split(path)
	stem, ending, _ := strings.Cut(name, ".")
	return dir + "final " + stem + " (2)." + ending
}
