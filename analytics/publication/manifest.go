package publication

import (
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"time"

	"clientele/analytics/publish"
)

// The files that every publication has beside those that its manifest lists.
const (
	ManifestFile = "run.json"
	SuccessFile  = "_SUCCESS"
)

// StateFile holds what the next night needs to know of each customer: one row
// per customer in order of id, whatever output.formats says.
const StateFile = "state.parquet"

// Manifest is of run.json what its readers have in common.
type Manifest struct {
	RunID     string             `json:"run_id"`
	Name      string             `json:"name"`
	AsOf      string             `json:"as_of"`
	Settings  json.RawMessage    `json:"settings"`
	Rows      *Rows              `json:"rows"`
	Customers *int64             `json:"customers"`
	Files     []publish.FileInfo `json:"files"`
	Versions  map[string]string  `json:"versions"`
	// Checksum is of the manifest itself; empty: of a version that had none.
	Checksum string `json:"manifest_sha256"`
}

// Rows accounts for the rows of the exports.
type Rows struct {
	Read     int64            `json:"read"`
	Used     int64            `json:"used"`
	Rejected map[string]int64 `json:"rejected"`
}

// Version is that of the program that published.
func (m *Manifest) Version() string {
	if v := m.Versions["clientele"]; versionText.MatchString(v) {
		return v
	}
	return "of an unknown version"
}

// versionText is what a version looks like: it is printed.
var versionText = regexp.MustCompile(`^[0-9A-Za-z.+-]{1,64}$`)

// Day is the night.
func (m *Manifest) Day() time.Time {
	day, err := time.Parse(time.DateOnly, m.AsOf)
	if err != nil {
		panic("publication: as_of was not checked: " + err.Error())
	}
	return day
}

// Lists gives the file as the manifest has it.
func (m *Manifest) Lists(file string) (publish.FileInfo, bool) {
	for _, f := range m.Files {
		if f.Path == file {
			return f, true
		}
	}
	return publish.FileInfo{}, false
}

// parseManifest reads run.json and checks it against itself.
func parseManifest(text []byte) (*Manifest, error) {
	var m Manifest
	if err := json.Unmarshal(text, &m); err != nil {
		return nil, err
	}
	if err := m.complete(); err != nil {
		return nil, err
	}
	found, err := checksum(text)
	if err != nil {
		return nil, err
	}
	if m.Checksum != "" && !sha256Text.MatchString(m.Checksum) {
		return nil, fmt.Errorf("%s is no sha256", checksumKey)
	}
	if m.Checksum != "" && m.Checksum != found {
		return nil, fmt.Errorf("it was changed after it was published: its checksum is %.12s…, %s says %.12s…", found, checksumKey, m.Checksum)
	}
	return &m, m.consistent()
}

// complete asks for what every manifest has.
func (m *Manifest) complete() error {
	for _, field := range []struct {
		name  string
		there bool
	}{
		{"run_id", m.RunID != ""},
		{"name", m.Name != ""},
		{"as_of", m.AsOf != ""},
		{"settings", len(m.Settings) > 0},
		{"rows", m.Rows != nil},
		{"customers", m.Customers != nil},
		{"files", len(m.Files) > 0},
	} {
		if !field.there {
			return fmt.Errorf("it has no %s", field.name)
		}
	}
	return nil
}

var sha256Text = regexp.MustCompile(`^[0-9a-f]{64}$`)

// consistent checks values against each other.
func (m *Manifest) consistent() error {
	if _, err := time.Parse(time.DateOnly, m.AsOf); err != nil {
		return fmt.Errorf("its as_of is %q, which is no day", m.AsOf)
	}
	left := m.Rows.Read - m.Rows.Used
	for _, rows := range m.Rows.Rejected {
		left -= rows
	}
	if left != 0 || m.Rows.Used < 0 || *m.Customers < 0 {
		return errors.New("its rows do not add up: read is not used and rejected together")
	}
	seen := map[string]bool{}
	for _, f := range m.Files {
		if f.Path != filepath.Base(f.Path) || f.Path == "." || f.Path == ".." || f.Path == ManifestFile || f.Path == SuccessFile || seen[f.Path] {
			return fmt.Errorf("files: %q cannot be the name of a file, or is there twice", f.Path)
		}
		if !sha256Text.MatchString(f.SHA256) || f.Rows < 0 || f.Bytes < 0 {
			return fmt.Errorf("files: %q: its sha256, rows or bytes cannot be", f.Path)
		}
		seen[f.Path] = true
	}
	state, ok := m.Lists(StateFile)
	if !ok {
		return fmt.Errorf("files: it lists no %s, which every publication has", StateFile)
	}
	if state.Rows != *m.Customers {
		return fmt.Errorf("files: %s has %d rows, customers says %d", StateFile, state.Rows, *m.Customers)
	}
	return nil
}
