package pictures

import (
	"errors"
	"fmt"
	"strings"

	"clientele/analytics/publication"
	"clientele/internal/chart"
)

// Picture is a picture of a publication.
type Picture struct {
	Name    string
	Figure  chart.Figure
	Caption string // what it shows and how to read it
	Table   Table  // the numbers behind it
}

// The names of the pictures.
const (
	EquityBridge           = "equity-bridge"
	ValueCurve             = "value-curve"
	Pyramid                = "pyramid"
	StageFlow              = "stage-flow"
	Declines               = "declines"
	EarlierDeclines        = "earlier-declines"
	AtRisk                 = "at-risk"
	RFGrid                 = "rf-grid"
	RFMBars                = "rfm-bars"
	RecencyMonetary        = "recency-monetary"
	FrequencyMonetary      = "frequency-monetary"
	RecencyFrequency       = "recency-frequency"
	Segments               = "segments"
	SegmentMedians         = "segment-medians"
	Migration              = "migration"
	TierFlow               = "tier-flow"
	TierMoves              = "tier-moves"
	CohortCustomers        = "cohort-customers"
	CohortMoney            = "cohort-money"
	Payback                = "payback"
	LostInterests          = "lost-interests"
	Tracking               = "tracking"
	CumulativeTracking     = "cumulative-tracking"
	ConditionalExpectation = "conditional-expectation"
	Deciles                = "deciles"
	Coverage               = "coverage"
	MoneyForecasts         = "money-forecasts"
	Reliability            = "reliability"
	RepeatFrequency        = "repeat-frequency"
	FrequencyRecency       = "frequency-recency"
	PAliveMatrix           = "p-alive"
	Gaps                   = "gaps"
	SpendDensity           = "spend-density"
	Timings                = "timings"
	Customer               = "customer"
)

// drawing is how a picture is made.
type drawing struct {
	name string
	draw func(*Album) (Picture, error)
}

// drawings are all pictures, in the order in which people read them.
var drawings = []drawing{
	{EquityBridge, (*Album).equityBridge},
	{ValueCurve, (*Album).valueCurve},
	{Pyramid, (*Album).pyramid},
	{AtRisk, (*Album).atRisk},
	{StageFlow, (*Album).stageFlow},
	{Declines, (*Album).declines},
	{EarlierDeclines, (*Album).earlierDeclines},
	{RFGrid, (*Album).rfGrid},
	{RFMBars, (*Album).rfmBars},
	{RecencyMonetary, (*Album).recencyMonetary},
	{FrequencyMonetary, (*Album).frequencyMonetary},
	{RecencyFrequency, (*Album).recencyAndFrequency},
	{Segments, (*Album).segments},
	{SegmentMedians, (*Album).medians},
	{Migration, (*Album).migration},
	{TierFlow, (*Album).tierFlow},
	{TierMoves, (*Album).tierMoves},
	{CohortCustomers, (*Album).cohortCustomers},
	{CohortMoney, (*Album).cohortMoney},
	{Payback, (*Album).payback},
	{LostInterests, (*Album).lostInterests},
	{Tracking, (*Album).tracking},
	{CumulativeTracking, (*Album).cumulativeTracking},
	{ConditionalExpectation, (*Album).conditionalExpectation},
	{Deciles, (*Album).deciles},
	{Reliability, (*Album).reliability},
	{Coverage, (*Album).coverage},
	{MoneyForecasts, (*Album).moneyForecasts},
	{RepeatFrequency, (*Album).repeatFrequency},
	{FrequencyRecency, (*Album).frequencyRecency},
	{PAliveMatrix, (*Album).pAlive},
	{Gaps, (*Album).gaps},
	{SpendDensity, (*Album).spendDensity},
	{Timings, (*Album).timings},
	{Customer, (*Album).customer},
}

// Names are the names of the pictures, in the order in which people read them.
func Names() []string {
	names := make([]string, len(drawings))
	for i, d := range drawings {
		names[i] = d.name
	}
	return names
}

// Missing is why a publication has no such picture.
type Missing struct {
	Name  string
	Needs string // in the language of the album
}

// Error says what the picture needs.
func (m *Missing) Error() string { return m.Name + ": " + m.Needs }

// BeforeError is that the publication which the night follows is damaged. Pictures that do
// not compare with it can be drawn all the same.
type BeforeError struct{ Err error }

// Error says what is wrong with it.
func (b *BeforeError) Error() string { return "the night before: " + b.Err.Error() }

// Unwrap gives the damage.
func (b *BeforeError) Unwrap() error { return b.Err }

// Unknown is a name that no picture has.
type Unknown struct{ Name string }

// Error says which names there are.
func (u *Unknown) Error() string {
	return fmt.Sprintf("there is no picture %q; the pictures are %s", u.Name, strings.Join(Names(), ", "))
}

// Of makes one picture of a publication. before is the one that it follows, or nil. The
// error is [Unknown] or [Missing], or a damage of the publication.
func Of(night, before *publication.Publication, name string, o Options) (Picture, error) {
	a, err := Open(night, before, o)
	if err != nil {
		return Picture{}, err
	}
	return a.Picture(name)
}

// Picture makes one picture; errors as [Of].
func (a *Album) Picture(name string) (Picture, error) {
	for _, d := range drawings {
		if d.name != name {
			continue
		}
		p, err := d.draw(a)
		if err != nil {
			return Picture{}, a.ofBefore(err)
		}
		p.Name = name
		if p.Figure.Title == "" {
			p.Figure.Title = a.say.SayOf("pictures.title", name)
		}
		p.Caption = a.say.SayOf("pictures.caption", name)
		p.Figure.Description = p.Caption
		return p, nil
	}
	return Picture{}, &Unknown{name}
}

// ofBefore tells damage of the night before from that of the night.
func (a *Album) ofBefore(err error) error {
	damage, is := errors.AsType[*publication.Damage](err)
	if is && a.before != nil && damage.Publication == a.before.Path {
		return &BeforeError{err}
	}
	return err
}

// Lacks is why the publication cannot have a picture, as far as that can be told without
// reading its customers: the error that [Album.Picture] gives, or nil.
func (a *Album) Lacks(name string) error {
	a.looking = true
	defer func() { a.looking = false }()
	if _, err := a.Picture(name); !errors.Is(err, errReads) {
		return err
	}
	return nil
}

// Title is what a picture is called in a language.
func (a *Album) Title(name string) string { return a.say.SayOf("pictures.title", name) }
