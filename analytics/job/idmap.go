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
	"strconv"
	"strings"

	"clientele/analytics/persons"
	"clientele/internal/regular"
)

// IDMap is what a job's own file says about which ids are one person.
type IDMap struct {
	Path   string // as the job file has it
	SHA256 string
	Rows   int
	// Customer has the customer of each alias, both by the job's rules of spelling. Chains
	// have been followed. A customer that the file names as its own alias is there too.
	Customer map[string]string
}

// ReadIDMap reads identity.map; nil where the job has none. The file is CSV with the
// columns alias and customer. The error is Errors, with every line that is wrong.
func (j *Job) ReadIDMap() (*IDMap, error) {
	if j.Identity == nil || j.Identity.Map == "" {
		return nil, nil //nolint:nilnil // no map is no error
	}
	path := j.Identity.Map
	if !filepath.IsAbs(path) {
		path = filepath.Join(j.Dir, path)
	}
	data, err := regular.ReadFile(path)
	if err != nil {
		message := cannotBeRead(err)
		if errors.Is(err, os.ErrNotExist) {
			message = "no such file; check the path, or remove identity.map"
		}
		return nil, Errors{{At: Position{File: path}, Key: "identity.map", Message: message}}
	}
	sum := sha256.Sum256(data)
	r := &mapReader{reader: reader{file: path}, rules: j.Identity.Normalise, first: map[string]link{}}
	r.read(strings.TrimPrefix(string(data), "\ufeff"))
	customer := r.follow()
	if len(r.found) > 0 {
		return nil, r.found.sorted()
	}
	return &IDMap{Path: j.Identity.Map, SHA256: hex.EncodeToString(sum[:]), Rows: r.rows, Customer: customer}, nil
}

// link is one line of the file. Messages say where an id stands and not what it is, as it
// is a customer's.
type link struct {
	alias, customer string
	at              Position
}

// mapReader reads the file.
type mapReader struct {
	reader
	rules []persons.Rule
	rows  int
	links []link
	first map[string]link // by alias
}

func (r *mapReader) read(text string) {
	in := csv.NewReader(strings.NewReader(text))
	in.TrimLeadingSpace = true
	in.Comma = delimiterOf(text)
	header, err := in.Read()
	if errors.Is(err, io.EOF) {
		r.report(Position{r.file, 1, 1}, "", "the file is empty; want a header with alias, customer")
		return
	}
	if err != nil {
		r.damagedCSV(err)
		return
	}
	at := [2]int{}
	for c, name := range []string{"alias", "customer"} {
		at[c] = slices.IndexFunc(header, func(h string) bool { return strings.EqualFold(strings.TrimSpace(h), name) })
		if at[c] < 0 {
			r.report(Position{r.file, 1, 1}, "", "the column %s is missing; want a header with alias, customer", name)
		}
	}
	if len(r.found) > 0 {
		return
	}
	for {
		record, err := in.Read()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			r.damagedCSV(err)
			return
		}
		r.add(in, record, at)
	}
}

// delimiterOf is what stands between the two columns of the header.
func delimiterOf(text string) rune {
	header, _, _ := strings.Cut(text, "\n")
	for _, delimiter := range ",;\t" {
		if strings.ContainsRune(header, delimiter) {
			return delimiter
		}
	}
	return ','
}

// add takes one line.
func (r *mapReader) add(in *csv.Reader, record []string, at [2]int) {
	r.rows++
	var ids [2]string
	var places [2]Position
	for c, name := range []string{"alias", "customer"} {
		line, column := in.FieldPos(at[c])
		places[c] = Position{r.file, line, column}
		ids[c] = persons.Normal(strings.TrimSpace(record[at[c]]), r.rules)
		if ids[c] == "" {
			r.report(places[c], name, "is empty; give the id, or remove the line")
			return
		}
	}
	l := link{ids[0], ids[1], places[0]}
	r.links = append(r.links, l)
	// A line that names a customer as its own alias says nothing beside another.
	if before, twice := r.first[l.alias]; !twice || before.customer == l.alias {
		r.first[l.alias] = l
	}
}

// follow finds the customer at the end of each chain.
func (r *mapReader) follow() map[string]string {
	customer := make(map[string]string, len(r.first))
	for _, l := range r.links {
		r.end(l.alias, customer)
	}
	for _, l := range r.links {
		end, is := customer[l.customer]
		if !is {
			end = l.customer
		}
		if mine := customer[l.alias]; mine != end && mine != "" && end != "" {
			r.report(l.at, "alias", "is another customer's by line %d; one id is one customer's: keep one of the lines", r.first[l.alias].at.Line)
		}
	}
	return customer
}

// end finds the customer at the end of an alias's chain, for all ids on the way: empty
// where it leads back to itself, which is reported.
func (r *mapReader) end(alias string, customer map[string]string) {
	var way []link
	place := map[string]int{} // on the way
	at, end := alias, ""
	for {
		known, is := customer[at]
		if is {
			end = known
			break
		}
		l, more := r.first[at]
		if !more || l.customer == at {
			end = at
			break
		}
		if from, again := place[at]; again {
			r.reportCircle(way[from:])
			break
		}
		place[at] = len(way)
		way = append(way, l)
		at = l.customer
	}
	for _, l := range way {
		customer[l.alias] = end
	}
	if l := r.first[alias]; l.customer == alias {
		customer[alias] = alias
	}
}

// reportCircle reports a circle at the first of its lines.
func (r *mapReader) reportCircle(circle []link) {
	lines := make([]int, len(circle))
	for i, l := range circle {
		lines[i] = l.at.Line
	}
	slices.Sort(lines)
	at := circle[slices.IndexFunc(circle, func(l link) bool { return l.at.Line == lines[0] })].at
	words := make([]string, len(lines))
	for i, line := range lines {
		words[i] = strconv.Itoa(line)
	}
	r.report(at, "alias", "lines %s lead in a circle, so that none of their ids is the customer; remove one of them", strings.Join(words, ", "))
}
