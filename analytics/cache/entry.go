package cache

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"clientele/internal/digest"
)

// Entry is what is kept of a file.
type Entry struct {
	Data  string          // the path of its rows
	Facts json.RawMessage // as who made it wrote them
	name  string
}

// manifest is what is written of an entry beside its data.
type manifest struct {
	Version int             `json:"version"` // of this type
	Content string          `json:"content"`
	Meaning string          `json:"meaning"`
	Beside  []string        `json:"beside,omitempty"` // fingerprints of other files whose cells are in the data
	Data    string          `json:"data"`             // file name
	SHA256  string          `json:"sha256"`
	Bytes   int64           `json:"bytes"`
	Facts   json.RawMessage `json:"facts"`
}

// manifestVersion counts the forms that manifests had.
const manifestVersion = 1

// errDamaged says that an entry is not as it was written.
var errDamaged = errors.New("damaged")

// Find gives the entry of a key; nil where there is none. One that is damaged is removed, and
// export named as read again for that.
func (f *Folder) Find(k Key, export string) *Entry {
	m, err := readManifest(f.at(k.Name() + manifestEnding))
	if err == nil {
		err = m.prove(k, f.path)
	}
	switch {
	case err == nil:
		return &Entry{Data: f.at(m.Data), Facts: m.Facts, name: k.Name()}
	case errors.Is(err, fs.ErrNotExist) && m.Version == 0:
		return nil
	}
	// What cannot be removed is written over when the file has been read.
	_ = os.Remove(f.at(k.Name() + manifestEnding))
	f.mu.Lock()
	defer f.mu.Unlock()
	f.use.Damaged = append(f.use.Damaged, export)
	return nil
}

// readManifest reads a manifest. One that could be read has a version.
func readManifest(path string) (m manifest, err error) {
	body, err := readSigned(path)
	if err != nil {
		return m, err
	}
	err = json.Unmarshal(body, &m)
	if err == nil && m.Version != manifestVersion {
		err = errDamaged
	}
	return m, err
}

// prove makes sure that an entry is that of a key, and its data as they were written.
func (m manifest) prove(k Key, folder string) error {
	if m.Content != k.Content || m.Meaning != k.Meaning || filepath.Base(m.Data) != m.Data {
		return errDamaged
	}
	sum, bytes, err := digest.OfFile(filepath.Join(folder, m.Data))
	if err == nil && (sum != m.SHA256 || bytes != m.Bytes) {
		err = errDamaged
	}
	return err
}

func sumOf(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// Draft is an entry that is being made.
type Draft struct {
	Facts any
	// Beside are the fingerprints of other files of which the data hold cells: the entry goes
	// with each of them.
	Beside []string
	folder *Folder
	key    Key
	path   string
}

// Begin makes room for the data of an entry, which whoever calls writes to the draft's path.
func (f *Folder) Begin(k Key) (*Draft, error) {
	file, err := os.CreateTemp(f.path, "*"+partEnding) // for this user alone
	if err != nil {
		return nil, err
	}
	return &Draft{folder: f, key: k, path: file.Name()}, file.Close()
}

// Path is where the data are written.
func (d *Draft) Path() string { return d.path }

// Drop removes a draft that is not kept.
func (d *Draft) Drop() { _ = os.Remove(d.path) } // what is left is removed by the next run that tidies up

// Keep makes an entry of the draft.
func (d *Draft) Keep() error {
	facts, err := json.Marshal(d.Facts)
	if err != nil {
		return err
	}
	m := manifest{Version: manifestVersion, Content: d.key.Content, Meaning: d.key.Meaning, Beside: d.Beside, Facts: facts}
	if m.SHA256, m.Bytes, err = digest.OfFile(d.path); err != nil {
		return err
	}
	// Two runs may make the same entry at once, with rows in another order: each has data of
	// its own, and the last manifest counts.
	m.Data = fmt.Sprintf("%s-%.8s%s", d.key.Name(), m.SHA256, dataEnding)
	if err := os.Chmod(d.path, 0o600); err != nil { // whoever wrote it may have made it anew
		return err
	}
	if err := os.Rename(d.path, d.folder.at(m.Data)); err != nil {
		return err
	}
	body, err := json.Marshal(m)
	if err != nil {
		return err
	}
	if err := writeWhole(d.folder.at(d.key.Name()+manifestEnding), signed(body)); err != nil {
		return err
	}
	d.folder.mu.Lock()
	defer d.folder.mu.Unlock()
	d.folder.used[d.key.Name()] = true
	return nil
}

// writeWhole writes a file beside and renames it.
func writeWhole(path string, text []byte) (err error) {
	file, err := os.CreateTemp(filepath.Dir(path), "*"+partEnding)
	if err != nil {
		return err
	}
	_, err = file.Write(text)
	if err = errors.Join(err, file.Close()); err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(file.Name()))
	}
	return nil
}
