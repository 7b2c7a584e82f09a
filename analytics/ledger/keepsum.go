package ledger

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"clientele/analytics/cache"
	"clientele/analytics/engine"
)

// Beside the rows of files there is what all that is asked of them comes to: the sum of files
// that do not change. On a night that finds all of them as they were, their rows are not read:
// what is asked of the rows of other files is added to it. The rows of the sum that are set
// aside are few, and kept as rows.

// summing is the sum of earlier nights, and how it comes to be used.
type summing struct {
	asked   []engine.Step    // the parts that customers are made of; nil: nothing is added up
	last    *sumFacts        // of the sum that is there; nil: there is none
	places  map[string]int   // of the files of it, by the names of their keys
	claimed map[string]claim // files of the sum that are there tonight, by the names of their keys
	sum     *sum             // the sum in use; nil: all rows are in the ledger
	making  *sumDraft        // what tonight makes; nil: nothing

	entries            map[int]*cache.Entry // rows of the files of the sum; nil: no customer leaves it
	returning, leaving int                  // customers in the tables returners and leavers
}

// sumFacts are what is kept of a sum beside its parts.
type sumFacts struct {
	Files  []summedFile `json:"files"`
	Sample int64        `json:"sample"` // of so many customers one is in the part order_lines
}

// summedFile is a file of a sum.
type summedFile struct {
	Name string `json:"name"` // of its key
	facts
}

// claim is a file of the sum that is there tonight.
type claim struct {
	intake
	at       int // in the batch
	position int // in the sum
	key      cache.Key
	facts    facts
}

// file counts the job's files.
func (c claim) file() int { return c.first + c.at }

// sumKey is the key of the one sum of a job.
func sumKey() (cache.Key, error) {
	program, err := cache.Program()
	return cache.Key{Content: cache.Meaning("sum"), Meaning: cache.Meaning(rowsVersion, program)}, err
}

// AddUp has the rows of files that do not change added up, and says which parts customers are
// made of.
func (p *Plan) AddUp(parts []engine.Step) {
	if p.kept != nil && p.addsUp() {
		p.kept.asked = parts
	}
}

// addsUp is the one place that decides whether all that the job asks of rows adds up over files.
// Where it does not, all rows are in the ledger every night.
func (p *Plan) addsUp() bool {
	switch {
	case p.job.Identity != nil, p.idMap != nil:
		return false // the ids of all rows are compared, and rows get other ids
	case p.job.ByTop(), p.job.MapsParents():
		return false // rows get the ids of accounts, which those of other files decide
	case p.listed(p.repeatsTotals) != "":
		return false // of the lines of an order, which may be in two files, one counts
	case p.hasRefunds():
		return false // a row that is used makes another, whose day decides whether it counts
	case p.matches() && !p.HasOrders:
		return false // where returns take back sales, parts are of orders in the place of days
	}
	return true
}

// begin looks for the sum of earlier nights.
func (s *summing) begin(folder *cache.Folder) {
	*s = summing{asked: s.asked, claimed: map[string]claim{}, places: map[string]int{}}
	if s.asked == nil {
		return
	}
	key, err := sumKey()
	if err != nil {
		return // it is said where rows are kept
	}
	folder.Of(key.Content)
	var last sumFacts
	if facts := folder.Peek(key); facts != nil && json.Unmarshal(facts, &last) == nil {
		s.last = &last
		for position, f := range last.Files {
			s.places[f.Name] = position
		}
	}
}

// claim tells whether a file is one of the sum, as far as it alone decides that.
func (k *keeping) claim(p *Plan, f intake, at int, key cache.Key, content string) bool {
	name := key.Name()
	position, is := k.places[name]
	if !is {
		return false
	}
	of := k.last.Files[position].facts
	if !of.hold(p, f.batch) || p.isLate(of) {
		return false
	}
	of.sha256 = content
	k.mu.Lock()
	defer k.mu.Unlock()
	if _, twice := k.claimed[name]; twice {
		return false
	}
	k.claimed[name] = claim{f, at, position, key, of}
	return true
}

// isLate tells whether rows of a file that would count lie after the last day that counts, or
// say what is not known yet.
func (p *Plan) isLate(f facts) bool {
	limit, is := limitOf(p.job.AsOf.Day).(string)
	return is && (f.LastCounting > limit || f.LastBinding > limit)
}

// settle takes the sum, or the rows of its files where it cannot be used tonight.
func (k *keeping) settle(ctx context.Context, p *Plan) error {
	if k == nil || len(k.claimed) == 0 {
		return nil
	}
	s, err := k.usable(ctx, p)
	if err != nil {
		return err
	}
	if s == nil {
		return k.unclaim(ctx, p)
	}
	return k.use(ctx, p, s)
}

// usable gives the sum that is there; nil: it is not what would be found tonight. That a file is
// missing says nothing of the others, but no file can be taken out of what is added up.
func (k *keeping) usable(ctx context.Context, p *Plan) (*sum, error) {
	if len(k.claimed) < len(k.last.Files) {
		return nil, nil
	}
	counts, err := counted(ctx, p.engine, "count(*)", "ledger")
	if err != nil {
		return nil, fmt.Errorf("ledger: %w", err)
	}
	rows := int64(counts[0])
	for _, f := range k.last.Files {
		rows += f.Rows
	}
	p.sample = 0
	if p.saysNoTotals() != "" {
		p.sample = sampleOf(rows)
	}
	if k.last.Sample > p.sample {
		return nil, nil
	}
	key, err := sumKey()
	if err != nil {
		return nil, err
	}
	e := k.folder.Find(key, "")
	if e == nil {
		return nil, nil
	}
	s := &sum{Entry: e, files: make([]int, len(k.last.Files))}
	for _, c := range k.claimed {
		s.files[c.position] = c.file()
	}
	parts, err := p.parts()
	if err != nil {
		return nil, err
	}
	for _, t := range slices.Concat(parts, k.askedParts()) {
		if path, by := e.Piece(t.name); path == "" || by != t.madeBy() {
			return nil, nil
		}
	}
	if apart, err := s.apart(ctx, p); err != nil || !apart {
		return nil, err
	}
	if leavable, err := k.leavable(ctx, p, s); err != nil || !leavable {
		return nil, err
	}
	return s, nil
}

// askedParts are the parts that customers are made of.
func (k *keeping) askedParts() []part {
	all := make([]part, len(k.asked))
	for i, s := range k.asked {
		all[i] = part{name: s.Name, sql: s.SQL, adds: s.Adds, customers: true}
	}
	return all
}

// use takes the sum in place of the rows of its files.
func (k *keeping) use(ctx context.Context, p *Plan, s *sum) error {
	var rows int64
	for _, c := range k.claimed {
		f := &c.files[c.at]
		if err := c.readAs(f, c.facts.Encoding); err != nil {
			return err
		}
		c.readings[c.at] = c.facts.reading()
		k.keys[c.file()], k.facts[c.file()], k.same[c.file()] = c.key, c.facts, true
		k.folder.Stays(c.key)
		f.watch.add(int(f.is.size))
		rows += c.facts.Rows
	}
	k.folder.TookSum(s.Entry, len(s.files), rows)
	k.sum = s
	if err := p.engine.Exec(ctx, "INSERT INTO ledger BY NAME "+s.read(s.Data, true, "")); err != nil {
		return k.unreadable(err)
	}
	return nil
}

// unclaim puts the rows of the files of the sum into the ledger.
func (k *keeping) unclaim(ctx context.Context, p *Plan) error {
	byBatch := map[int][]claim{}
	for _, c := range k.claimed {
		byBatch[c.first] = append(byBatch[c.first], c)
	}
	k.claimed = nil
	for _, b := range p.batches {
		claims := byBatch[b.first]
		if len(claims) == 0 {
			continue
		}
		wanted, of := make([]bool, len(b.files)), make([]claim, len(b.files))
		for _, c := range claims {
			wanted[c.at], of[c.at] = true, c
		}
		err := k.fillFiles(ctx, p, claims[0].intake, wanted, func(_ context.Context, p *Plan, f intake, at int) (*taken, error) {
			return k.findRows(p, f, at, of[at].key, of[at].facts.sha256), nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// sum is a sum in use.
type sum struct {
	*cache.Entry
	files  []int // by their place in the sum
	beside bool  // used rows of these files are in the ledger: those of customers with returns
}

// whole is a query of a part, of the rows in the ledger and of those of the sum, each once. Parts
// that customers are made of have their own: see [Sums.Complete].
func (s *sum) whole(ctx context.Context, e engine.Engine, t part) (string, error) {
	these := t.sql
	if s.beside {
		these = overLedger(t.sql, fmt.Sprintf("reason IS NOT NULL OR file NOT IN (%s)", listOf(s.files)), "")
	}
	return engine.Added(ctx, e, these, s.kept(t, true), t.adds)
}

// kept reads a part of the sum, with the numbers that files have tonight or as they are kept.
func (s *sum) kept(t part, tonight bool) string {
	path, _ := s.Piece(t.name)
	return s.read(path, t.byFile && tonight, t.of)
}

// read reads data of the sum.
func (s *sum) read(path string, numbered bool, where string) string {
	replaced := ""
	if numbered {
		replaced = fmt.Sprintf(" REPLACE (CAST([%s][CAST(file + 1 AS BIGINT)] AS INTEGER) AS file)", listOf(s.files))
	}
	if where != "" {
		where = " WHERE " + where
	}
	return "SELECT *" + replaced + " FROM " + engine.ReadParquet(path) + where
}

// apart tells whether no row in the ledger is one of the sum too.
func (s *sum) apart(ctx context.Context, p *Plan) (bool, error) {
	if !p.compares() {
		return true, nil
	}
	found, err := counted(ctx, p.engine, "count(*)", "("+contentPart.sql+") AS part_these SEMI JOIN ("+s.kept(contentPart, true)+") AS part_others USING (source, content)")
	if err != nil {
		return false, fmt.Errorf("ledger: rows of the sum: %w", err)
	}
	return found[0] == 0, nil
}

func listOf(files []int) string {
	list := make([]string, len(files))
	for i, f := range files {
		list[i] = strconv.Itoa(f)
	}
	return strings.Join(list, ", ")
}
