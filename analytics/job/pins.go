package job

import (
	"slices"
	"time"

	"clientele/segment/tier"
)

// Pins are the tiers that a programme gives by hand.
type Pins struct {
	Path   string // as the job file has it
	SHA256 string
	List   []Pin
}

// Pin gives a customer a tier through a day, included.
type Pin struct {
	Customer string
	Tier     string // empty: none, whatever is earned
	Until    time.Time
	At       Position
}

// ReadPins reads tiers.pins; nil where the job has none. The file is a CSVFile with
// the columns customer_id, tier and until. The error is Errors, with every line that is
// wrong.
func (j *Job) ReadPins() (*Pins, error) {
	if j.Tiers == nil || j.Tiers.Pins == "" {
		return nil, nil
	}
	file, err := OpenCSV(j.Dir, "tiers.pins", j.Tiers.Pins, pinColumns...)
	if err != nil {
		return nil, err
	}
	r := &pinReader{levels: j.Tiers.Levels, idOf: j.idOf, first: map[string]int{}}
	var list []Pin
	r.eachRow(file, func(row CSVRow) { list = append(list, r.pin(row)) })
	if len(r.found) > 0 {
		return nil, r.found
	}
	return &Pins{Path: file.Path, SHA256: file.SHA256, List: list}, nil
}

// pinColumns are the columns of the file.
var pinColumns = []string{"customer_id", "tier", "until"}

// pinReader reads the file. What its messages are about is a customer's, so that
// they say where it stands and not what it is.
type pinReader struct {
	reader
	levels []tier.Tier
	idOf   func(cell string) string
	first  map[string]int // line of a customer's pin
}

// pin reads one line.
func (r *pinReader) pin(row CSVRow) Pin {
	id, given, until := pinColumns[0], pinColumns[1], pinColumns[2]
	p := Pin{Customer: r.idOf(row.Cell(id)), Tier: row.Cell(given), At: row.At(id)}
	if p.Customer == "" {
		r.report(p.At, id, "is empty; want the customer whose tier is given")
	} else if line, twice := r.first[p.Customer]; twice {
		r.report(p.At, id, "has a pin on line %d already; keep one", line)
	} else {
		r.first[p.Customer] = p.At.Line
	}
	names := make([]string, len(r.levels))
	for k, l := range r.levels {
		names[k] = l.Name
	}
	if p.Tier != "" && !slices.Contains(names, p.Tier) {
		r.report(row.At(given), given, "is no tier; want %s, or nothing to keep the customer out", alternatives(names))
	}
	day, err := time.Parse(time.DateOnly, row.Cell(until))
	if err != nil {
		r.report(row.At(until), until, "is not a date; want the last day of the pin, such as 2026-12-31")
	}
	p.Until = day
	return p
}
