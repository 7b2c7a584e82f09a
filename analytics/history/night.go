package history

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/analytics/publish"
	"clientele/analytics/scores/rfm"
	"clientele/segment/lifecycle"
)

// Night is an earlier publication.
type Night struct {
	Path      string
	RunID     string
	AsOf      string
	RowsRead  int64
	Customers int64
	Settings  publication.Settings // in force that night
	Tiers     *Tiers               // nil: it has no tiers
	Meaning   []byte               // see [Meaning]
	// StageMeaning is what its stages depend on; see the function of that name.
	StageMeaning []byte
	CutPoints    *rfm.CutPoints      // nil: it has no scores
	Model        *publication.Model  // nil: it has no lifetime model
	Members      *publication.State  // nil: not recalled
	Anchor       *publication.Anchor // nil: it names none
	Panel        *lifecycle.Panel    // nil: it has no stages
	// Evidence is nil where a version of the program published the night that wrote none.
	Evidence *publication.Evidence

	files *publication.Publication
	ran   []column.Stage // whose columns its customers have
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
			return n.damaged(p.Damaged(publish.SuccessFile, publication.ErrUnfinished))
		}
	}
	return nil
}

func (n *Night) readAll() error {
	m := n.files.Manifest
	n.RunID, n.AsOf, n.Settings = m.RunID, m.AsOf, m.Settings
	n.RowsRead, n.Customers, n.Anchor = m.Rows.Read, m.Customers, m.Anchor
	if err := n.readSettings(); err != nil {
		return n.files.Damaged(publish.ManifestFile, err)
	}
	return errors.Join(n.readCutPoints(), n.readModel(), n.readPanel(), n.readEvidence())
}

// readSettings reads what tonight compares its own settings with, and which stages ran.
func (n *Night) readSettings() (err error) {
	if n.Meaning, err = n.Settings.ScoreMeaning(); err != nil {
		return err
	}
	if n.StageMeaning, err = n.Settings.StageMeaning(); err != nil {
		return err
	}
	for _, stage := range []column.Stage{column.Scores, column.Worth, column.Lifecycle, column.Tiers} {
		_, on, err := n.Settings.Section(stage.Setting())
		if err != nil {
			return err
		}
		if on {
			n.ran = append(n.ran, stage)
		}
	}
	if n.Anchor != nil {
		n.ran = append(n.ran, column.Groups)
	}
	programme, _, err := n.Settings.Section(column.Tiers.Setting())
	if err == nil {
		n.Tiers, err = readTiers(programme)
	}
	return err
}

func (n *Night) readCutPoints() (err error) {
	n.CutPoints, err = ofStage(n, column.Scores, n.files.ReadCutPoints)
	return err
}

func (n *Night) readModel() error {
	model, err := ofStage(n, column.Worth, n.files.ReadModel)
	if model.Exists() {
		n.Model = model
	}
	return err
}

// readPanel reads the panel. Without one the past is gone through anew.
func (n *Night) readPanel() (err error) {
	n.Panel, err = ofStage(n, column.Lifecycle, n.files.ReadPanel)
	return err
}

// readEvidence reads how the models did. A night that lists no such file never wrote one.
func (n *Night) readEvidence() (err error) {
	if n.Evidence, err = n.files.ReadEvidence(); errors.Is(err, fs.ErrNotExist) {
		n.Evidence, err = nil, nil
	}
	return err
}

// ofStage reads a file of a stage; there is none where the stage was off.
func ofStage[T any](n *Night, stage column.Stage, read func() (*T, error)) (*T, error) {
	file, err := read()
	if errors.Is(err, fs.ErrNotExist) && !slices.Contains(n.ran, stage) {
		return nil, nil //nolint:nilnil // no file is no error
	}
	return file, err
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

// Recall reads what the night remembers of its customers, by far the most of it. All of it is
// looked at; the ids and some columns are kept.
func (n *Night) Recall(keep []*column.Column) (err error) {
	n.Members, err = n.files.ReadState(keep, n.ran...)
	return n.damaged(err)
}

// Responses are those that the night remembers.
func (n *Night) Responses() ([]publication.Response, error) {
	all, err := n.files.ReadResponses()
	return all, n.damaged(err)
}

// Drawn are the campaigns that the night remembers.
func (n *Night) Drawn() []publication.DrawnCampaign {
	if n.files.Activation == nil {
		return nil
	}
	return n.files.Activation.Campaigns
}
