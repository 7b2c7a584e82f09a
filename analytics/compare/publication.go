package compare

import (
	"errors"
	"fmt"
	"io/fs"

	"clientele/analytics/ledger"
	"clientele/analytics/publication"
	"clientele/analytics/rfm"
	"clientele/internal/calendar"
)

// Publication is one night as it was published.
type Publication struct {
	Path     string
	Name     string // of the job
	RunID    string
	AsOf     string
	Currency string

	day      int32 // AsOf since 1970-01-01
	settings settings
	groups   []Group
	members  *publication.State
	files    *publication.Publication
	cuts     *rfm.CutPoints // nil: no scores
	model    *modelFile     // nil: no lifetime values
}

// Group is a segment, a tier or a stage. Members of no tier have an empty name.
type Group struct {
	Kind  string `json:"kind"`
	Name  string `json:"name"`
	Label string `json:"label"`
}

// modelFile is of a model what can change from night to night.
type modelFile struct {
	Model  string             `json:"model"`
	Params map[string]float64 `json:"params"`
	Spend  *modelFile         `json:"spend"`
}

// Open reads a publication. All that is read has been held against its run.json.
func Open(path string) (*Publication, error) {
	files, err := publication.Open(path)
	if err == nil {
		p := &Publication{Path: path, Name: files.Name, RunID: files.RunID, AsOf: files.AsOf, files: files}
		if err = p.readAll(); err == nil {
			return p, nil
		}
	}
	return nil, fmt.Errorf("%w; run that night again", err)
}

func (p *Publication) readAll() error {
	p.day = calendar.DayOf(p.files.Day())
	var manifest struct {
		Settings settings `json:"settings"`
		Segments []Group  `json:"segments"`
	}
	if err := p.files.Also(&manifest); err != nil {
		return err
	}
	p.settings, p.groups = manifest.Settings, manifest.Segments
	p.Currency = p.settings["currency"]
	var err error
	if p.members, err = p.files.ReadState(); err != nil {
		return err
	}
	return errors.Join(p.readCutPoints(), p.readModel())
}

func (p *Publication) readCutPoints() error {
	const file = "cutpoints.json"
	var cuts rfm.CutPoints
	if err := p.files.ReadJSON(file, &cuts); err != nil {
		return ignoreAbsent(err)
	}
	if err := cuts.Validate(); err != nil {
		return p.files.Damaged(file, err)
	}
	p.cuts = &cuts
	return nil
}

func (p *Publication) readModel() error {
	var m modelFile
	if err := p.files.ReadJSON("model.json", &m); err != nil {
		return ignoreAbsent(err)
	}
	p.model = &m
	return nil
}

// ignoreAbsent passes over a file of a stage that was off.
func ignoreAbsent(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// sum adds up what of gives for each of some customers.
func sum(customers []int, of func(int) ledger.Money) ledger.Money {
	var total ledger.Money
	for _, i := range customers {
		total = total.Plus(of(i))
	}
	return total
}
