package cache

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
)

// Note keeps what a run found out of the entries together, in place of what the run before it
// noted.
func (f *Folder) Note(value any) error {
	body, err := json.Marshal(value)
	if err != nil {
		return err
	}
	f.noted = true
	return writeWhole(f.at(noteName), signed(body))
}

// Noted reads what the last run noted; false where there is nothing, or it is damaged.
func (f *Folder) Noted(into any) bool {
	body, err := readSigned(f.at(noteName))
	return err == nil && json.Unmarshal(body, into) == nil
}

// signed is a text with its fingerprint on a line below.
func signed(body []byte) []byte { return fmt.Appendf(nil, "%s\n%s\n", body, sumOf(body)) }

// readSigned reads such a text; it is damaged where the fingerprint is another.
func readSigned(path string) ([]byte, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	body, sum, ok := bytes.Cut(text, []byte("\n"))
	if !ok || string(bytes.TrimSuffix(sum, []byte("\n"))) != sumOf(body) {
		return nil, errDamaged
	}
	return body, nil
}
