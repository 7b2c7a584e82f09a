package publication

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"time"

	"clientele/analytics/publish"
)

// parseManifest reads run.json and checks it against itself.
func parseManifest(text []byte) (*Manifest, error) {
	var m Manifest
	if err := json.Unmarshal(text, &m); err != nil {
		return nil, err
	}
	if err := complete(text); err != nil {
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
func complete(text []byte) error {
	var there map[string]json.RawMessage
	if err := json.Unmarshal(text, &there); err != nil {
		return err
	}
	for _, key := range []string{"run_id", "name", "as_of", "settings", "rows", "customers", "files"} {
		switch string(there[key]) {
		case "", "null", `""`, "[]":
			return fmt.Errorf("it has no %s", key)
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
	if left != 0 || m.Rows.Used < 0 || m.Customers < 0 {
		return errors.New("its rows do not add up: read is not used and rejected together")
	}
	return errors.Join(m.checkFiles(), m.Anchor.validate(m.Day()))
}

// checkFiles looks at the list of files, which names the state.
func (m *Manifest) checkFiles() error {
	seen := map[string]bool{}
	for _, f := range m.Files {
		if _, isFile := publish.FolderOf(f.Path); !isFile || f.Path == publish.ManifestFile || f.Path == publish.SuccessFile || seen[f.Path] {
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
	if state.Rows != m.Customers {
		return fmt.Errorf("files: %s has %d rows, customers says %d", StateFile, state.Rows, m.Customers)
	}
	return nil
}
