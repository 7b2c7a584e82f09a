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
	"clientele/clv"
	"clientele/segment"
)

// Night is an earlier publication.
type Night struct {
	Path      string
	RunID     string
	AsOf      string
	RowsRead  int64
	Customers int64
	Settings  json.RawMessage // in force that night: a job file
	Tiers     *Tiers          // nil: it has no tiers
	Meaning   []byte          // see [Meaning]
	// StageMeaning is what its stages depend on; see the function of that name.
	StageMeaning []byte
	CutPoints    *rfm.CutPoints // nil: it has no scores
	Model        *Model         // nil: it has no lifetime model
	Members      *Members       // nil: not recalled, or it remembers none of its customers
	Anchor       *Anchor        // nil: it names none
	Panel        *segment.Panel // nil: it has no stages
}

// Model is the lifetime model of an earlier night: where tonight's fit may start
// from, and which one a backtest chose.
type Model struct {
	clv.File
	Chosen   string          `json:"chosen"`
	ChosenOn string          `json:"chosen_on"` // day of the backtest; empty: the job file chose
	Backtest json.RawMessage `json:"backtest"`
}

// Before reads the newest whole publication of a job before asOf, but for its
// members (see [Night.Recall]); nil where there is none.
func Before(dir, name string, asOf time.Time) (*Night, error) {
	path, ok, err := publish.Previous(dir, name, asOf)
	if err != nil || !ok {
		return nil, err
	}
	n := &Night{Path: path}
	var manifest struct {
		RunID    string          `json:"run_id"`
		AsOf     string          `json:"as_of"`
		Settings json.RawMessage `json:"settings"`
		Rows     struct {
			Read int64 `json:"read"`
		} `json:"rows"`
		Customers int64   `json:"customers"`
		Anchor    *Anchor `json:"anchor"`
	}
	if err := n.read("run.json", &manifest); err != nil {
		return nil, err
	}
	// Settings of another night, or of none, would pass for this one's.
	if night := filepath.Base(path); manifest.AsOf != night {
		return nil, n.damaged("run.json", fmt.Errorf("its as_of is %q, expected %q as in the folder's name", manifest.AsOf, night))
	}
	n.RunID, n.AsOf, n.Settings = manifest.RunID, manifest.AsOf, manifest.Settings
	n.Anchor = manifest.Anchor
	n.RowsRead, n.Customers = manifest.Rows.Read, manifest.Customers
	if err := n.readSettings(); err != nil {
		return nil, n.damaged("run.json", err)
	}
	if err := errors.Join(n.readCutPoints(), n.readModel(), n.readPanel()); err != nil {
		return nil, err
	}
	return n, nil
}

// readSettings reads what tonight compares its own settings with.
func (n *Night) readSettings() (err error) {
	var (
		scores meaning
		stages stageMeaning
		tiers  struct {
			Tiers json.RawMessage `json:"tiers"`
		}
	)
	if len(n.Settings) > 0 {
		for _, into := range []any{&scores, &stages, &tiers} {
			if err := json.Unmarshal(n.Settings, into); err != nil {
				return fmt.Errorf("settings: %w", err)
			}
		}
	}
	n.Meaning, n.StageMeaning = meaningBytes(scores), meaningBytes(stages)
	n.Tiers, err = readTiers(tiers.Tiers)
	return err
}

// Asking is the model that was asked for, which the data may have reduced to a
// simpler one that night.
func (m *Model) Asking() string {
	if m.Asked != "" {
		return m.Asked
	}
	return m.Model
}

func (n *Night) readCutPoints() error {
	const file = "cutpoints.json"
	var cuts rfm.CutPoints
	if err := n.read(file, &cuts); err != nil {
		return IgnoreAbsent(err)
	}
	if err := cuts.Validate(); err != nil {
		return n.damaged(file, err)
	}
	n.CutPoints = &cuts
	return nil
}

// readModel reads the model of a night that had one: a file without parameters
// says why there is none.
func (n *Night) readModel() error {
	const file = "model.json"
	var m Model
	if err := n.read(file, &m); err != nil {
		return IgnoreAbsent(err)
	}
	if len(m.Params) == 0 {
		return nil
	}
	if _, err := m.Build(); err != nil {
		return n.damaged(file, err)
	}
	n.Model = &m
	return nil
}

// PanelFile holds what the stages of a night were judged by.
const PanelFile = "rhythm.json"

func (n *Night) readPanel() error {
	var p segment.Panel
	if err := n.read(PanelFile, &p); err != nil {
		return IgnoreAbsent(err)
	}
	if err := p.Validate(); err != nil {
		return n.damaged(PanelFile, err)
	}
	n.Panel = &p
	return nil
}

// IgnoreAbsent passes over a file of a stage that was off.
func IgnoreAbsent(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

func (n *Night) read(file string, into any) error {
	if err := ReadJSON(n.Path, file, into); err != nil {
		return n.damaged(file, err)
	}
	return nil
}

// ReadJSON reads a JSON file of a publication.
func ReadJSON(publication, file string, into any) error {
	data, err := os.ReadFile(filepath.Join(publication, file))
	if err != nil {
		return err
	}
	return json.Unmarshal(data, into)
}

// damaged is an earlier publication that cannot be read: tonight's result
// depends on it, so that the run must not go on as if it were not there.
func (n *Night) damaged(file string, err error) error {
	return fmt.Errorf("previous publication %s: %s cannot be read: %w; move the folder away to begin anew", n.Path, file, err)
}
