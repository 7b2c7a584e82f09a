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

// Entry is what is kept of a file, or of several together.
type Entry struct {
	Data   string          // the path of its rows
	Facts  json.RawMessage // as who made it wrote them
	name   string
	folder string
	pieces map[string]piece
}

// Piece is the path of further data of an entry, and by what they were made; empty: it has none
// of that name.
func (e *Entry) Piece(name string) (path, by string) {
	p, has := e.pieces[name]
	if !has {
		return "", ""
	}
	return filepath.Join(e.folder, p.File), p.By
}

// piece is what is written of further data of an entry.
type piece struct {
	By string `json:"by"`
	written
}

// written is a file of an entry as it was written.
type written struct {
	File   string `json:"data"` // its name
	SHA256 string `json:"sha256"`
	Bytes  int64  `json:"bytes"`
}

// prove makes sure that a file is as it was written.
func (w written) prove(folder string) error {
	if filepath.Base(w.File) != w.File {
		return errDamaged
	}
	sum, bytes, err := digest.OfFile(filepath.Join(folder, w.File))
	if err == nil && (sum != w.SHA256 || bytes != w.Bytes) {
		err = errDamaged
	}
	return err
}

// manifest is what is written of an entry beside its data.
type manifest struct {
	Version int      `json:"version"` // of this type
	Content string   `json:"content"`
	Meaning string   `json:"meaning"`
	Beside  []string `json:"beside,omitempty"` // fingerprints of other files whose cells are in the data
	written
	Pieces map[string]piece `json:"pieces,omitempty"` // further data by name
	Facts  json.RawMessage  `json:"facts"`
}

// files are the names of all data of an entry.
func (m manifest) files() []string {
	all := []string{m.File}
	for _, p := range m.Pieces {
		all = append(all, p.File)
	}
	return all
}

// manifestVersion counts the forms that manifests had.
const manifestVersion = 2

// errDamaged says that an entry is not as it was written.
var errDamaged = errors.New("damaged")

// Peek gives the facts of the entry of a key, without a look at its data; nil where there is
// none, or it is damaged.
func (f *Folder) Peek(k Key) json.RawMessage {
	m, err := readManifest(f.at(k.Name() + manifestEnding))
	if err != nil || m.Content != k.Content || m.Meaning != k.Meaning {
		return nil
	}
	return m.Facts
}

// Find gives the entry of a key; nil where there is none. One that is damaged is removed, and
// export named as read again for that; empty: it is that of several files, which are added up again.
func (f *Folder) Find(k Key, export string) *Entry {
	m, err := readManifest(f.at(k.Name() + manifestEnding))
	if err == nil {
		err = m.prove(k, f.path)
	}
	switch {
	case err == nil:
		return &Entry{Data: f.at(m.File), Facts: m.Facts, name: k.Name(), folder: f.path, pieces: m.Pieces}
	case errors.Is(err, fs.ErrNotExist) && m.Version == 0:
		return nil
	}
	// What cannot be removed is written over when the file has been read.
	_ = os.Remove(f.at(k.Name() + manifestEnding))
	f.mu.Lock()
	defer f.mu.Unlock()
	if export == "" {
		f.use.Rebuilt = true
	} else {
		f.use.Damaged = append(f.use.Damaged, export)
	}
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
	if m.Content != k.Content || m.Meaning != k.Meaning {
		return errDamaged
	}
	err := m.written.prove(folder)
	for _, p := range m.Pieces {
		if err == nil {
			err = p.prove(folder)
		}
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
	pieces map[string]draftPiece
}

// draftPiece is further data that are being made.
type draftPiece struct{ path, by string }

// Begin makes room for the data of an entry, which whoever calls writes to the draft's path.
func (f *Folder) Begin(k Key) (*Draft, error) {
	path, err := f.room()
	if err != nil {
		return nil, err
	}
	return &Draft{folder: f, key: k, path: path, pieces: map[string]draftPiece{}}, nil
}

// Path is where the data are written.
func (d *Draft) Path() string { return d.path }

// Piece makes room for further data, which whoever calls writes to the path. by is what they are
// made by: a name is part of the names of files.
func (d *Draft) Piece(name, by string) (path string, err error) {
	if path, err = d.folder.room(); err == nil {
		d.pieces[name] = draftPiece{path, by}
	}
	return path, err
}

// Drop removes a draft that is not kept.
func (d *Draft) Drop() {
	d.folder.drop(d.path)
	for _, p := range d.pieces {
		d.folder.drop(p.path)
	}
}

// Keep makes an entry of the draft.
func (d *Draft) Keep() error {
	facts, err := json.Marshal(d.Facts)
	if err != nil {
		return err
	}
	m := manifest{Version: manifestVersion, Content: d.key.Content, Meaning: d.key.Meaning, Beside: d.Beside, Facts: facts, Pieces: map[string]piece{}}
	if m.written, err = d.keepFile(d.path, d.key.Name()); err != nil {
		return err
	}
	for name, p := range d.pieces {
		w, err := d.keepFile(p.path, d.key.Name()+"-"+name)
		if err != nil {
			return err
		}
		m.Pieces[name] = piece{p.by, w}
	}
	body, err := json.Marshal(m)
	if err != nil {
		return err
	}
	if err := writeWhole(d.folder.at(d.key.Name()+manifestEnding), signed(body)); err != nil {
		return err
	}
	d.folder.Stays(d.key)
	return nil
}

// keepFile gives a file that was written its name. Two runs may make the same entry at once,
// with rows in another order: each has data of its own, and the last manifest counts.
func (d *Draft) keepFile(path, name string) (w written, err error) {
	if w.SHA256, w.Bytes, err = digest.OfFile(path); err != nil {
		return w, err
	}
	w.File = fmt.Sprintf("%s-%.8s%s", name, w.SHA256, dataEnding)
	if err := os.Chmod(path, 0o600); err != nil { // whoever wrote it may have made it anew
		return w, err
	}
	if err := place(path, d.folder.at(w.File)); err != nil {
		return w, err
	}
	d.folder.written(path)
	return w, nil
}

// writeWhole writes a file beside and renames it.
func writeWhole(path string, text []byte) (err error) {
	file, err := os.CreateTemp(filepath.Dir(path), "*"+partEnding)
	if err != nil {
		return err
	}
	_, err = file.Write(text)
	if err = errors.Join(err, file.Close()); err == nil {
		err = place(file.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(file.Name()))
	}
	return nil
}

// place renames a file. A folder that has the name is removed, as no rename can replace it.
func place(from, to string) error {
	if info, err := os.Lstat(to); err == nil && info.IsDir() {
		if err := os.RemoveAll(to); err != nil {
			return err
		}
	}
	return os.Rename(from, to)
}
