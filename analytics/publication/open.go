package publication

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"clientele/analytics/publish"
	"clientele/internal/regular"
)

// Publication is a night as it was published.
type Publication struct {
	Path string // its folder
	Manifest
	kept *keptState // nil: what is read of the state is not kept; see KeepState
}

// ErrUnfinished marks a folder without _SUCCESS.
var ErrUnfinished = errors.New("it is not there, so that this is no whole publication")

// Open opens a publication: it was finished, and its run.json is whole. The error is
// a [Damage].
func Open(path string) (*Publication, error) {
	p := &Publication{Path: path}
	info, err := os.Stat(filepath.Join(path, publish.SuccessFile))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, p.Damaged(publish.SuccessFile, ErrUnfinished)
	case err != nil:
		return nil, p.Damaged(publish.SuccessFile, err)
	case !info.Mode().IsRegular():
		return nil, p.Damaged(publish.SuccessFile, regular.ErrNotRegular)
	}
	return p, p.readManifest()
}

// OpenUnfinished opens what would be a publication, had it a _SUCCESS.
func OpenUnfinished(path string) (*Publication, error) {
	p := &Publication{Path: path}
	return p, p.readManifest()
}

// readManifest reads run.json, whether the publication was finished or not.
func (p *Publication) readManifest() error {
	text, err := regular.ReadFile(filepath.Join(p.Path, publish.ManifestFile))
	if err != nil {
		return p.Damaged(publish.ManifestFile, err)
	}
	m, err := parseManifest(text)
	if err != nil {
		return p.Damaged(publish.ManifestFile, err)
	}
	p.Manifest = *m
	return nil
}

// Of checks that this is the night of a job that its folder is named after, as
// <name>/<as_of>.
func (p *Publication) Of(name string) error {
	if night := filepath.Base(p.Path); p.AsOf != night {
		return p.Damaged(publish.ManifestFile, fmt.Errorf("its as_of is %q, expected %q as in the folder's name", p.AsOf, night))
	}
	if p.Name != name {
		return p.Damaged(publish.ManifestFile, fmt.Errorf("it is of the job %q, expected %q", p.Name, name))
	}
	return nil
}

// OpenFile opens a file that is what run.json says it is. The error is a [Damage], and
// wraps fs.ErrNotExist where run.json lists no such file and there is none.
func (p *Publication) OpenFile(file string) (_ *os.File, err error) {
	want, listed := p.Lists(file)
	f, err := regular.Open(filepath.Join(p.Path, file))
	switch {
	case err != nil && listed && errors.Is(err, fs.ErrNotExist):
		return nil, p.Damaged(file, errors.New("it is not there, and run.json lists it"))
	case err != nil:
		return nil, p.Damaged(file, err)
	}
	if !listed {
		err = errors.New("it is there, and run.json does not list it")
	} else if err = hashes(f, want); err == nil {
		_, err = f.Seek(0, io.SeekStart)
	}
	if err != nil {
		return nil, errors.Join(p.Damaged(file, err), f.Close())
	}
	return f, nil
}

// hashes holds the bytes of a file against what run.json says.
func hashes(f io.Reader, want File) error {
	sum := sha256.New()
	size, err := io.Copy(sum, f)
	if err != nil {
		return err
	}
	if size != want.Bytes {
		return fmt.Errorf("it has %d bytes, run.json says %d", size, want.Bytes)
	}
	if found := hex.EncodeToString(sum.Sum(nil)); found != want.SHA256 {
		return fmt.Errorf("its content has changed: its sha256 is %.12s…, run.json says %.12s…", found, want.SHA256)
	}
	return nil
}

// readJSON reads a JSON file; errors as [Publication.OpenFile].
func (p *Publication) readJSON(file string, into any) (err error) {
	f, err := p.OpenFile(file)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	text, err := io.ReadAll(f)
	if err == nil {
		err = json.Unmarshal(text, into)
	}
	if err != nil {
		return p.Damaged(file, err)
	}
	return nil
}
