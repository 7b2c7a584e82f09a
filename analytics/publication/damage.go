package publication

import (
	"errors"
	"io/fs"
	"path/filepath"
)

// Damage is a file of a publication that is not what it should be.
type Damage struct {
	Publication string // its folder
	File        string // within it
	Err         error  // what is wrong
}

// Error names the file and says what is wrong.
func (d *Damage) Error() string {
	err := d.Err
	if at, ok := errors.AsType[*fs.PathError](err); ok {
		err = at.Err // which names the file again
	}
	return filepath.Join(d.Publication, d.File) + ": " + err.Error()
}

// Unwrap gives what is wrong.
func (d *Damage) Unwrap() error { return d.Err }

// Damaged is a [Damage] of this publication.
func (p *Publication) Damaged(file string, err error) error {
	return &Damage{Publication: p.Path, File: file, Err: err}
}
