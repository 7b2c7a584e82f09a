package pictures

import (
	"errors"
	"io/fs"
	"math"

	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/analytics/publish"
	"clientele/internal/chart"
	"clientele/internal/figures"
	"clientele/internal/wording"
)

// Options say how pictures are made.
type Options struct {
	Language string // en or zh; empty: that of the night's job
	Customer string // id, of the picture of one customer
	// Unreadable is why the publication that the night follows cannot be opened: pictures
	// that compare with it give this error. nil: it is given, or not there.
	Unreadable error
}

// Album makes pictures of one publication. What they read is read once. It is not for use
// by several goroutines at a time.
type Album struct {
	night, before *publication.Publication
	options       Options
	say           wording.Language
	named         publication.Labels
	settings      map[string]string // in force, by their full key

	now, then *publication.State // when first asked for
	was, gone []int
	model     *publication.Model
	evidence  *publication.Evidence

	looking bool // at what a picture lacks: no customer is read
}

// Open opens the album of a publication; before is the one that it follows, or nil.
func Open(night, before *publication.Publication, o Options) (*Album, error) {
	a := &Album{night: night, before: before, options: o}
	var err error
	if a.settings, err = night.Settings.Flat(); err != nil {
		return nil, night.Damaged(publish.ManifestFile, err)
	}
	if o.Language == "" {
		o.Language = a.settings["output.language"]
	}
	a.say = wording.In(o.Language)
	a.named = publication.LabelsIn(a.say, night, before)
	return a, nil
}

// Say is the language of the pictures.
func (a *Album) Say() wording.Language { return a.say }

// needs is that the publication lacks what a picture needs.
func (a *Album) needs(name, what string) error {
	return &Missing{Name: name, Needs: a.say.SayOf("pictures.needs", what, "as_of", a.night.AsOf)}
}

// remembered are the columns of the state that pictures rest on.
var remembered = []*column.Column{
	column.FirstDay, column.LastDay, column.Orders, column.Net, column.Returns, column.PurchaseDays, column.Frequency, column.Monetary, column.R, column.F, column.M,
	column.Segment, column.Tier, column.LifecycleStage, column.ExpectedSpend, column.FutureValue, column.CLV,
}

// grouped are those of them that pictures read of the night before: its groups.
func grouped() (of []*column.Column) {
	for _, g := range column.Groupings {
		of = append(of, g.Of)
	}
	return of
}

// errReads ends a drawing that would read all customers, where it is only asked what the
// picture lacks.
var errReads = errors.New("all customers would be read")

// states reads what the night remembers of its customers.
func (a *Album) states() (err error) {
	if a.looking {
		return errReads
	}
	if a.now == nil {
		if a.now, err = a.night.ReadStateColumns(remembered...); err != nil {
			return err
		}
	}
	return nil
}

// follows tells whether there is a night before, for a picture that compares with it.
func (a *Album) follows(picture string) error {
	if err := a.options.Unreadable; err != nil {
		return &BeforeError{err}
	}
	if a.before == nil {
		return a.needs(picture, "before")
	}
	return nil
}

// bothGrouped reads the customers of both nights, for a picture of groups of a kind.
func (a *Album) bothGrouped(picture, kind string) error {
	if err := a.follows(picture); err != nil {
		return err
	}
	if len(a.groups(kind)) == 0 {
		return a.needs(picture, kind)
	}
	if len(a.groupsOf(a.before, kind)) == 0 {
		return a.needs(picture, "kind_before")
	}
	return a.both()
}

// both reads the customers of both nights, where there is one before.
func (a *Album) both() (err error) {
	if err = a.states(); err != nil || a.then != nil {
		return err
	}
	if a.then, err = a.before.ReadStateColumns(grouped()...); err != nil {
		return err
	}
	a.was, a.gone = a.then.Match(a.now.ID)
	return nil
}

// models reads model.json, for a picture that asks the models.
func (a *Album) models(picture string) (m *publication.Model, err error) {
	if a.model == nil {
		if a.model, err = a.night.ReadModel(); absent(err) {
			return nil, a.needs(picture, "clv")
		}
		if err != nil {
			return nil, err
		}
	}
	if !a.model.Exists() {
		return nil, a.needs(picture, "model")
	}
	return a.model, nil
}

// absent tells that a publication has no such file: what makes it is off, or the version
// that published made none.
func absent(err error) bool { return errors.Is(err, fs.ErrNotExist) }

// groups are those of a kind, in the order of segments.csv, with their names in the
// language of the pictures.
func (a *Album) groups(kind string) []publication.Group { return a.groupsOf(a.night, kind) }

func (a *Album) groupsOf(p *publication.Publication, kind string) []publication.Group {
	var all []publication.Group
	for _, g := range a.named.In(p.Segments) {
		if g.Kind == kind {
			all = append(all, g)
		}
	}
	return all
}

// labels give the names for people of the groups of a kind, on both nights.
func (a *Album) labels(kind string) func(string) string { return a.named.Kind(kind) }

// currency names the unit of money, for the title of an axis.
func (a *Album) currency() string {
	if c := a.settings["currency"]; c != "" {
		return c
	}
	return a.say.Say("pictures.money")
}

// column is a column of a table of numbers, with its title.
func (a *Album) column(name string) Column {
	return Column{Name: name, Title: a.say.SayOf("pictures.column", name), Number: true}
}

// label is a column of names.
func (a *Album) label(name string) Column {
	c := a.column(name)
	c.Number = false
	return c
}

// percentLabel writes a share in whole per cents. Ticks between these keep their places, as 2.5% does.
func percentLabel(v float64) string {
	const hundredths, near = 100, 1e-6
	for places := range 3 {
		scale := math.Pow10(places)
		if at := hundredths * v * scale; math.Abs(at-math.Round(at)) < near {
			return figures.Rounded(hundredths*v, places) + "%"
		}
	}
	return figures.Rounded(hundredths*v, 0) + "%"
}

// hue is the colour of the i-th of several things; those beyond the last are grey.
func hue(i int) chart.Hue {
	if i < len(chart.Hues) {
		return chart.Hues[i]
	}
	return chart.Neutral
}
