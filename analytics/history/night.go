package history

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"clientele/analytics/publish"
	"clientele/analytics/rfm"
)

// Night is an earlier publication.
type Night struct {
	Path      string
	RunID     string
	AsOf      string
	Meaning   []byte         // see [Meaning]
	CutPoints *rfm.CutPoints // nil: it has no scores
}

// Before reads the newest whole publication of a job before asOf; nil where
// there is none.
func Before(dir, name string, asOf time.Time) (*Night, error) {
	path, ok, err := publish.Previous(dir, name, asOf)
	if err != nil || !ok {
		return nil, err
	}
	n := &Night{Path: path}
	var manifest struct {
		RunID    string  `json:"run_id"`
		AsOf     string  `json:"as_of"`
		Settings meaning `json:"settings"`
	}
	if err := n.read("run.json", &manifest); err != nil {
		return nil, err
	}
	// Settings of another night, or of none, would pass for this one's.
	if night := filepath.Base(path); manifest.AsOf != night {
		return nil, n.damaged("run.json", fmt.Errorf("its as_of is %q, expected %q as in the folder's name", manifest.AsOf, night))
	}
	n.RunID, n.AsOf, n.Meaning = manifest.RunID, manifest.AsOf, manifest.Settings.bytes()
	var cuts rfm.CutPoints
	switch err := n.read("cutpoints.json", &cuts); {
	case errors.Is(err, fs.ErrNotExist):
		return n, nil
	case err != nil:
		return nil, err
	}
	if err := cuts.Validate(); err != nil {
		return nil, n.damaged("cutpoints.json", err)
	}
	n.CutPoints = &cuts
	return n, nil
}

func (n *Night) read(file string, into any) error {
	data, err := os.ReadFile(filepath.Join(n.Path, file))
	if err == nil {
		err = json.Unmarshal(data, into)
	}
	if err != nil {
		return n.damaged(file, err)
	}
	return nil
}

// damaged is an earlier publication that cannot be read: tonight's result
// depends on it, so that the run must not go on as if it were not there.
func (n *Night) damaged(file string, err error) error {
	return fmt.Errorf("previous publication %s: %s cannot be read: %w; move the folder away to begin anew", n.Path, file, err)
}
