package compare

import (
	"errors"
	"fmt"
	"io/fs"

	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/analytics/publish"
	"clientele/analytics/scores/rfm"
	"clientele/internal/calendar"
	"clientele/internal/money"
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
	cuts     *rfm.CutPoints     // nil: no scores
	model    *publication.Model // nil: no lifetime values
}

// Group is a segment, a tier or a stage. Members of no tier have an empty name.
type Group struct {
	Kind  string `json:"kind"`
	Name  string `json:"name"`
	Label string `json:"label"`
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
	return nil, advised(err)
}

// advised is the error of a publication that cannot be read, with what to do.
func advised(err error) error { return fmt.Errorf("%w; run that night again", err) }

func (p *Publication) readAll() (err error) {
	p.day = calendar.DayOf(p.files.Day())
	if p.settings, err = settingsOf(p.files.Settings); err != nil {
		return p.files.Damaged(publish.ManifestFile, err)
	}
	p.groups = groupsOf(p.files.Segments)
	p.Currency = p.settings["currency"]
	if p.members, err = p.files.ReadState(column.State); err != nil {
		return err
	}
	if p.cuts, err = p.files.ReadCutPoints(); ignoreAbsent(err) != nil {
		return err
	}
	p.model, err = p.files.ReadModel()
	return ignoreAbsent(err)
}

// groupsOf are the groups of a manifest as a report names them.
func groupsOf(all []publication.Group) []Group {
	groups := make([]Group, len(all))
	for i, g := range all {
		groups[i] = Group{Kind: g.Kind, Name: g.Name, Label: g.Label}
	}
	return groups
}

// ignoreAbsent passes over a file of a stage that was off.
func ignoreAbsent(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// sum adds up what of gives for each of some customers.
func sum(customers []int, of func(int) money.Amount) money.Amount {
	var total money.Amount
	for _, i := range customers {
		total = total.Plus(of(i))
	}
	return total
}
