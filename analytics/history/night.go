package history

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"time"

	"clientele/analytics/outlook"
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/analytics/publish"
	"clientele/analytics/rfm"
	"clientele/clv"
	"clientele/segment/lifecycle"
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
	CutPoints    *rfm.CutPoints     // nil: it has no scores
	Model        *Model             // nil: it has no lifetime model
	Members      *publication.State // nil: not recalled
	Anchor       *Anchor            // nil: it names none
	Panel        *lifecycle.Panel   // nil: it has no stages

	files *publication.Publication
	ran   []column.Stage // whose columns its customers have
}

// Model is the lifetime model of an earlier night: where tonight's fit may start
// from, and which one a backtest chose.
type Model struct {
	clv.File
	Chosen   string          `json:"chosen"`
	ChosenOn string          `json:"chosen_on"` // day of the backtest; empty: the job file chose
	Backtest json.RawMessage `json:"backtest"`
	Untested string          `json:"untested"`
	Drifted  string          `json:"drifted"`
	Stacking *Stacking       `json:"stacking"`
}

// Before reads the newest whole publication of a job before asOf, but for its
// members (see [Night.Recall]); nil where there is none.
//
// All that is read has been held against that night's run.json. What is damaged, or
// is another job's, is an error that wraps a [publication.Damage] and says the way out.
func Before(dir, name string, asOf time.Time) (*Night, error) {
	path, ok, err := publish.Previous(dir, name, asOf)
	if err != nil {
		return nil, err
	}
	if err := lost(dir, name, path, asOf); err != nil || !ok {
		return nil, err
	}
	n := &Night{Path: path}
	if n.files, err = publication.Open(path); err == nil {
		err = n.files.Of(name)
	}
	if err != nil {
		return nil, n.damaged(err)
	}
	return n, n.damaged(n.readAll())
}

// lost reports a night after that of path, and before asOf, that has everything but
// its _SUCCESS, or is a link to a place that is not there, as of a disk that is not
// mounted: passing over it would take members back to where they were before it.
func lost(dir, name, path string, asOf time.Time) error {
	unfinished, err := publish.Unfinished(dir, name, path, asOf)
	if err != nil {
		return err
	}
	for _, night := range unfinished {
		if _, err := os.Stat(night); errors.Is(err, fs.ErrNotExist) { // it was listed a moment ago
			n := &Night{Path: night}
			return n.damaged(&publication.Damage{Publication: night, Err: errors.New("it is a link to what is not there")})
		}
		if p, err := publication.OpenUnfinished(night); err == nil && p.Of(name) == nil {
			n := &Night{Path: night}
			return n.damaged(p.Damaged(publication.SuccessFile, publication.ErrUnfinished))
		}
	}
	return nil
}

func (n *Night) readAll() error {
	var manifest struct {
		Anchor *Anchor `json:"anchor"`
	}
	if err := n.files.Also(&manifest); err != nil {
		return err
	}
	if err := manifest.Anchor.validate(n.files.Day()); err != nil {
		return n.files.Damaged(publication.ManifestFile, err)
	}
	n.RunID, n.AsOf, n.Settings = n.files.RunID, n.files.AsOf, n.files.Settings
	n.RowsRead, n.Customers = n.files.Rows.Read, *n.files.Customers
	n.Anchor = manifest.Anchor
	if err := n.readSettings(); err != nil {
		return n.files.Damaged(publication.ManifestFile, err)
	}
	return errors.Join(n.readCutPoints(), n.readModel(), n.readPanel())
}

// readSettings reads what tonight compares its own settings with.
func (n *Night) readSettings() (err error) {
	var (
		scores meaning
		stages stageMeaning
		parts  struct {
			RFM    json.RawMessage `json:"rfm"`
			CLV    json.RawMessage `json:"clv"`
			Stages json.RawMessage `json:"stages"`
			Tiers  json.RawMessage `json:"tiers"`
		}
	)
	for _, into := range []any{&scores, &stages, &parts} {
		if err := json.Unmarshal(n.Settings, into); err != nil {
			return fmt.Errorf("settings: %w", err)
		}
	}
	n.Meaning, n.StageMeaning = meaningBytes(scores), meaningBytes(stages)
	for stage, on := range map[column.Stage]bool{
		column.Scores: isOn(parts.RFM), column.Worth: isOn(parts.CLV), column.Lifecycle: isOn(parts.Stages), column.Tiers: isOn(parts.Tiers),
		column.Groups: n.Anchor != nil,
	} {
		if on {
			n.ran = append(n.ran, stage)
		}
	}
	n.Tiers, err = readTiers(parts.Tiers)
	return err
}

// isOn tells whether the settings of a stage are that, and not the word off.
func isOn(settings json.RawMessage) bool { return len(settings) > 0 && settings[0] == '{' }

// ParamsOf are the parameters of the named model or member; nil where there is none.
func (m *Model) ParamsOf(name string) map[string]float64 {
	if m.Model == name {
		return m.Params
	}
	for _, member := range m.Members {
		if member.Model == name {
			return member.Params
		}
	}
	return nil
}

func (n *Night) readCutPoints() error {
	const file = "cutpoints.json"
	var cuts rfm.CutPoints
	if there, err := n.read(file, column.Scores, &cuts); err != nil || !there {
		return err
	}
	if err := cuts.Validate(); err != nil {
		return n.files.Damaged(file, err)
	}
	n.CutPoints = &cuts
	return nil
}

// readModel reads the model of a night that had one: a file with neither parameters nor
// members says why there is none.
func (n *Night) readModel() error {
	const file = "model.json"
	var m Model
	if there, err := n.read(file, column.Worth, &m); err != nil || !there || len(m.Params)+len(m.Members) == 0 {
		return err
	}
	if _, err := m.BuildBlend(); err != nil {
		return n.files.Damaged(file, err)
	}
	if err := m.Stacking.validate(int32(n.files.Day().Unix() / secondsPerDay)); err != nil {
		return n.files.Damaged(file, err)
	}
	n.Model = &m
	return nil
}

// PanelFile holds what the stages of a night were judged by.
const PanelFile = "rhythm.json"

func (n *Night) readPanel() error {
	var file struct {
		lifecycle.Panel
		Rhythm json.RawMessage `json:"rhythm"` // of a version that judged by something else
	}
	if there, err := n.read(PanelFile, column.Lifecycle, &file); err != nil || !there || file.Rhythm != nil {
		return err // without a panel the past is gone through anew
	}
	p := file.Panel
	if err := errors.Join(p.Validate(), checkForecast(p.Forecast)); err != nil {
		return n.files.Damaged(PanelFile, err)
	}
	if night := n.files.Day().Unix() / secondsPerDay; int64(p.FittedOn) > night {
		return n.files.Damaged(PanelFile, fmt.Errorf("fitted_on is %d, after the night itself, %d (days since 1970-01-01)", p.FittedOn, night))
	}
	n.Panel = &p
	return nil
}

// checkForecast reports what nobody can be judged by.
func checkForecast(text json.RawMessage) error {
	if len(text) == 0 {
		return nil
	}
	if _, err := (outlook.Models{}).Open(text); err != nil {
		return fmt.Errorf("forecast: %w", err)
	}
	return nil
}

const secondsPerDay = 24 * 60 * 60

// read reads a JSON file of a stage; there is none where the stage was off.
func (n *Night) read(file string, of column.Stage, into any) (there bool, err error) {
	err = n.files.ReadJSON(file, into)
	if errors.Is(err, fs.ErrNotExist) && !slices.Contains(n.ran, of) {
		return false, nil
	}
	return err == nil, err
}

// damaged is an earlier publication that is not as it was published: tonight's result
// depends on it, so that the run must not go on as if it were not there.
func (n *Night) damaged(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("the night before: %w; publish that night again (run with --as-of %s), or leave it behind and begin a new history with --fresh",
		err, filepath.Base(n.Path))
}

// BadState is what is wrong with a cell of the state that this night remembers,
// found by who knows what it means.
func (n *Night) BadState(err error) error { return n.damaged(n.files.BadState(err)) }

// Recall reads what the night remembers of its customers, by far the most of it.
func (n *Night) Recall() (err error) {
	n.Members, err = n.files.ReadState(n.ran...)
	return n.damaged(err)
}

// validate reports what no night writes.
func (a *Anchor) validate(night time.Time) error {
	if a == nil {
		return nil
	}
	day, err := time.Parse(time.DateOnly, a.Day)
	if err != nil || day.After(night) {
		return fmt.Errorf("anchor.day is %q, expected a day that is not after the night", a.Day)
	}
	s := a.Spend
	if s == nil {
		return nil
	}
	if s.Days < 0 || s.Days > math.MaxInt32 {
		return fmt.Errorf("anchor.next_spend.days is %d", s.Days)
	}
	for kind, k := range s.Kinds {
		if k.Customers < 0 || k.Groups < 0 || outside(k.EtaSquared) || outside(k.EpsilonSquared) {
			return fmt.Errorf("anchor.next_spend.kinds.%s: a number is out of its range", kind)
		}
	}
	return nil
}

// outside tells that a share of variance is none. One less what chance gives may be
// below 0.
func outside(share *float64) bool { return share != nil && !(math.Abs(*share) <= 1) }
