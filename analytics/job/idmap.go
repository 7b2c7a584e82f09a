package job

import (
	"slices"
	"strconv"
	"strings"

	"clientele/analytics/persons"
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

// ReadIDMap reads identity.map; nil where the job has none. The file is a CSVFile with the
// columns alias and customer. The error is Errors, with every line that is wrong.
func (j *Job) ReadIDMap() (*IDMap, error) {
	if j.Identity == nil || j.Identity.Map == "" {
		return nil, nil //nolint:nilnil // no map is no error
	}
	file, err := OpenCSV(j.Dir, "identity.map", j.Identity.Map, mapColumns...)
	if err != nil {
		return nil, err
	}
	r := &mapReader{rules: j.Identity.Normalise, idOf: j.idOf, first: map[string]link{}}
	r.eachRow(file, r.add)
	customer := r.follow()
	if len(r.found) > 0 {
		return nil, r.found.sorted()
	}
	return &IDMap{Path: file.Path, SHA256: file.SHA256, Rows: r.rows, Customer: customer}, nil
}

// mapColumns are the columns of the file.
var mapColumns = []string{"alias", "customer"}

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
	idOf  func(cell string) string
	rows  int
	links []link
	first map[string]link // by alias
}

// add takes one line.
func (r *mapReader) add(row CSVRow) {
	r.rows++
	var ids [2]string
	for c, name := range mapColumns {
		ids[c] = persons.Normal(r.idOf(row.Cell(name)), r.rules)
		if ids[c] == "" {
			r.report(row.At(name), name, "is empty; give the id, or remove the line")
			return
		}
	}
	l := link{ids[0], ids[1], row.At(mapColumns[0])}
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
