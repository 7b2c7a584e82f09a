package compare

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"clientele/analytics/history"
	"clientele/analytics/ledger"
	"clientele/analytics/rfm"
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
	members  *history.Members
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

// Open reads a publication. The folder must be a whole one.
func Open(path string) (*Publication, error) {
	if _, err := os.Stat(filepath.Join(path, "_SUCCESS")); err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("%s is not a whole publication: it has no _SUCCESS; run that night again", path)
		}
		return nil, err
	}
	p := &Publication{Path: path}
	if err := p.readManifest(); err != nil {
		return nil, err
	}
	if err := errors.Join(p.readMembers(), p.readCutPoints(), p.readModel()); err != nil {
		return nil, err
	}
	return p, nil
}

func (p *Publication) readManifest() error {
	const file = "run.json"
	var manifest struct {
		RunID    string   `json:"run_id"`
		Name     string   `json:"name"`
		AsOf     string   `json:"as_of"`
		Settings settings `json:"settings"`
		Segments []Group  `json:"segments"`
	}
	if err := p.read(file, &manifest); err != nil {
		return err
	}
	day, err := time.Parse(time.DateOnly, manifest.AsOf)
	if err != nil {
		return p.damaged(file, fmt.Errorf("its as_of is %q, which is no day", manifest.AsOf))
	}
	p.RunID, p.Name, p.AsOf = manifest.RunID, manifest.Name, manifest.AsOf
	p.day = int32(day.Unix() / int64(24*time.Hour/time.Second))
	p.settings, p.groups = manifest.Settings, manifest.Segments
	p.Currency = p.settings["currency"]
	return nil
}

func (p *Publication) readMembers() (err error) {
	p.members, err = history.ReadMembers(p.Path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s has no %s, by which customers are compared; run that night again", p.Path, history.StateFile)
	case err != nil:
		return fmt.Errorf("%w; run that night again", err)
	}
	if p.members.Len() > 0 && (p.members.Counts("orders") == nil || p.members.Amounts("net") == nil ||
		p.members.Days("first_day") == nil || p.members.Days("last_day") == nil) {
		return p.damaged(history.StateFile, errors.New("it lacks one of first_day, last_day, orders and net"))
	}
	return nil
}

func (p *Publication) readCutPoints() error {
	const file = "cutpoints.json"
	var cuts rfm.CutPoints
	if err := p.read(file, &cuts); err != nil {
		return history.IgnoreAbsent(err)
	}
	if err := cuts.Validate(); err != nil {
		return p.damaged(file, err)
	}
	p.cuts = &cuts
	return nil
}

func (p *Publication) readModel() error {
	var m modelFile
	if err := p.read("model.json", &m); err != nil {
		return history.IgnoreAbsent(err)
	}
	p.model = &m
	return nil
}

func (p *Publication) read(file string, into any) error {
	if err := history.ReadJSON(p.Path, file, into); err != nil {
		return p.damaged(file, err)
	}
	return nil
}

func (p *Publication) damaged(file string, err error) error {
	if cause, ok := errors.AsType[*fs.PathError](err); ok {
		err = cause.Err // which names the file again
	}
	return fmt.Errorf("%s cannot be read: %w; run that night again", filepath.Join(p.Path, file), err)
}

// sum adds up what of gives for each of some customers.
func sum(customers []int, of func(int) ledger.Money) ledger.Money {
	var total ledger.Money
	for _, i := range customers {
		total = total.Plus(of(i))
	}
	return total
}
