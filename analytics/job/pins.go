package job

import (
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"clientele/internal/regular"
	"clientele/internal/spreadsheet"
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

// ReadPins reads tiers.pins; nil where the job has none. The file is CSV with
// the columns customer_id, tier and until. Where the job writes CSV files for
// spreadsheets, an id may be as it is or as it stands there, guarded. The error
// is Errors, with every line that is wrong.
func (j *Job) ReadPins() (*Pins, error) {
	if j.Tiers == nil || j.Tiers.Pins == "" {
		return nil, nil
	}
	path := j.Tiers.Pins
	if !filepath.IsAbs(path) {
		path = filepath.Join(j.Dir, path)
	}
	data, err := regular.ReadFile(path)
	if err != nil {
		return nil, Errors{{At: Position{File: path}, Key: "tiers.pins", Message: unreadablePins(err)}}
	}
	sum := sha256.Sum256(data)
	r := &pinReader{reader: reader{file: path}, levels: j.Tiers.Levels, guarded: j.Output.CSV == SpreadsheetCSV, first: map[string]int{}}
	list := r.read(strings.TrimPrefix(string(data), "\ufeff"))
	if len(r.found) > 0 {
		return nil, r.found
	}
	return &Pins{Path: j.Tiers.Pins, SHA256: hex.EncodeToString(sum[:]), List: list}, nil
}

func unreadablePins(err error) string {
	if errors.Is(err, os.ErrNotExist) {
		return "no such file; check the path, or remove tiers.pins"
	}
	return cannotBeRead(err)
}

// pinColumns are the columns of the file.
var pinColumns = []string{"customer_id", "tier", "until"}

// pinReader reads the file. What its messages are about is a customer's, so that
// they say where it stands and not what it is.
type pinReader struct {
	reader
	levels  []tier.Tier
	guarded bool           // ids may be copied from where they are guarded
	first   map[string]int // line of a customer's pin
}

func (r *pinReader) read(text string) []Pin {
	in := csv.NewReader(strings.NewReader(text))
	in.TrimLeadingSpace = true
	header, err := in.Read()
	if errors.Is(err, io.EOF) {
		r.report(Position{r.file, 1, 1}, "", "the file is empty; want a header with %s", strings.Join(pinColumns, ", "))
		return nil
	}
	if err != nil {
		r.damagedCSV(err)
		return nil
	}
	line, _ := in.FieldPos(0)
	at := make([]int, len(pinColumns))
	for c, name := range pinColumns {
		if at[c] = slices.Index(header, name); at[c] < 0 {
			r.report(Position{r.file, line, 1}, "", "the column %s is missing; want a header with %s", name, strings.Join(pinColumns, ", "))
		}
	}
	if len(r.found) > 0 {
		return nil
	}
	var list []Pin
	for {
		record, err := in.Read()
		if errors.Is(err, io.EOF) {
			return list
		}
		if err != nil {
			r.damagedCSV(err)
			return list
		}
		list = append(list, r.pin(in, record, at))
	}
}

// customer is the id that a cell stands for.
func (r *pinReader) customer(cell string) string {
	if r.guarded {
		return spreadsheet.Plain(cell)
	}
	return cell
}

// pin reads one line.
func (r *pinReader) pin(in *csv.Reader, record []string, at []int) Pin {
	place := func(c int) Position {
		line, column := in.FieldPos(at[c])
		return Position{r.file, line, column}
	}
	p := Pin{Customer: r.customer(strings.TrimSpace(record[at[0]])), Tier: strings.TrimSpace(record[at[1]]), At: place(0)}
	if p.Customer == "" {
		r.report(place(0), "customer_id", "is empty; want the customer whose tier is given")
	} else if line, twice := r.first[p.Customer]; twice {
		r.report(place(0), "customer_id", "has a pin on line %d already; keep one", line)
	} else {
		r.first[p.Customer] = p.At.Line
	}
	names := make([]string, len(r.levels))
	for k, l := range r.levels {
		names[k] = l.Name
	}
	if p.Tier != "" && !slices.Contains(names, p.Tier) {
		r.report(place(1), "tier", "is no tier; want %s, or nothing to keep the customer out", alternatives(names))
	}
	until, err := time.Parse(time.DateOnly, strings.TrimSpace(record[at[2]]))
	if err != nil {
		r.report(place(2), "until", "is not a date; want the last day of the pin, such as 2026-12-31")
	}
	p.Until = until
	return p
}
