package publish

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
)

// errClosed answers calls that come after the end of a staging. A commit that
// failed cannot be tried again either: its folder may by then hold the night
// that it replaced.
var errClosed = errors.New("publish: this night was already committed or aborted; begin it anew")

// Commit writes manifest as run.json and then _SUCCESS, puts the folder in
// place as <dir>/<name>/<as_of>/, repoints latest, removes nights that are kept no longer
// ([Staging.KeepNights]), and releases the lock unless [Staging.KeepLock] was called. It
// returns the final path. Every step is on the disk before the next begins.
//
// An error leaves the staging to [Staging.Abort] and the last publication as
// it was, unless its text says that the new one is already in place: then only
// the step it names is missing, and the next [Begin] makes up for it.
//
// A publication of an earlier night does not move latest, which always points
// at the newest night.
func (s *Staging) Commit(manifest any) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return "", errClosed
	}
	s.closed = true
	if err := s.seal(manifest); err != nil {
		return "", err
	}
	if err := s.place(); err != nil {
		return "", err
	}
	final := s.home.final(s.night)
	if err := s.home.announce(); err != nil {
		return "", fmt.Errorf("%w (%s is already in place)", err, final)
	}
	// The night is published whatever becomes of its predecessor's remains and of
	// older nights. A removal that fails is tried again, and reported, by the next Begin; a lock
	// that cannot be released ends with the process.
	_ = s.home.discard(s.home.staging(s.night))
	_ = s.home.discard(s.home.replaced(s.night))
	if s.nights > 0 {
		s.gone, _ = s.home.retire(s.nights, s.night)
	}
	if !s.keeps {
		_ = s.lock.Unlock()
		s.released = true
	}
	return final, nil
}

// seal completes the staging folder on disk: nothing is missing from it but
// its name.
func (s *Staging) seal(manifest any) error {
	for _, name := range slices.Sorted(maps.Keys(s.files)) {
		if err := s.files[name].ready(); err != nil {
			return err
		}
	}
	text, err := encodeManifest(manifest)
	if err != nil {
		return err
	}
	if err := s.write(ManifestFile, text); err != nil {
		return err
	}
	if err := s.write(SuccessFile, nil); err != nil {
		return err
	}
	for _, folder := range s.folders {
		if err := syncFolder(s.home.on, filepath.Join(s.path, folder)); err != nil {
			return err
		}
	}
	return syncFolder(s.home.on, s.path)
}

// encodeManifest writes JSON for people as well as programs: indented, and
// with <, > and & as they are.
func encodeManifest(manifest any) ([]byte, error) {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(manifest); err != nil {
		return nil, fmt.Errorf("publish: %s: %w", ManifestFile, err)
	}
	return text.Bytes(), nil
}

// write puts a whole small file into the staging folder.
func (s *Staging) write(name string, content []byte) error {
	f, err := createFile(s.home.on, filepath.Join(s.path, name))
	if err != nil {
		return err
	}
	if _, err := f.Write(content); err != nil {
		f.drop()
		return err
	}
	return f.Close()
}

// announce makes the new folder's name durable and points latest at the newest
// night. The order matters: latest must never lead to a name that a power cut
// can take back.
func (s series) announce() error {
	if err := syncFolder(s.on, s.folder); err != nil {
		return err
	}
	return s.repoint()
}

// discard removes a working folder, _SUCCESS first, so that no half-removed folder
// passes for a publication. A folder that is not there is no error.
//
// Of a link, the link alone is removed: what it leads to, such as a night that was
// moved to another disk, is not this package's.
func (s series) discard(path string) error {
	info, err := os.Lstat(path)
	switch {
	case absent(err):
		return nil
	case err != nil:
		return explain(err, "look at", path)
	case !info.IsDir():
		return explain(s.on.remove(path), "remove", path)
	}
	if err := s.on.remove(filepath.Join(path, SuccessFile)); err != nil && !absent(err) {
		return explain(err, "remove", path)
	}
	return explain(s.on.removeAll(path), "remove", path)
}
