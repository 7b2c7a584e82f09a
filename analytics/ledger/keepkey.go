package ledger

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"clientele/analytics/cache"
)

// rowsVersion counts the ways in which rows were kept.
const rowsVersion = "rows 3"

// meaningOf is all that the rows of a batch depend on beside the bytes of their file: the
// statements that make them, how the file is taken apart, what is joined to it, and who does
// it. The statements say how the mapping is bound, how numbers and times are read, and in
// which zones days begin. What differs from night to night without a row being another is
// left out of them, and looked at by [facts.hold].
func (p *Plan) meaningOf(b *batch) (string, error) {
	program, err := cache.Program()
	if err != nil {
		return "", fmt.Errorf("cache: %w", err)
	}
	q := *p
	q.times = slices.Clone(p.times)
	if s := p.job.Sources[b.source]; !p.times[b.source].digits || s.Columns.RefundTime == "" { // facts do not tell of the times of refunds
		timeless := *p.times[b.source]
		timeless.limit = endOfTimes
		q.times[b.source] = &timeless
	}
	if p.rates != nil {
		endless := *p.rates
		endless.endless = true
		q.rates = &endless
	}
	create, err := q.createSQL()
	if err != nil {
		return "", err
	}
	load, err := statement("load.sql", q.loadData(b, b.mapped))
	if err != nil {
		return "", err
	}
	texts := []string{rowsVersion, program, p.engine.Version(), create, load, b.joined(readerPlace), b.takenApart()}
	for _, l := range b.joins {
		texts = append(texts, l.made...)
	}
	return cache.Meaning(texts...), nil
}

// takenApart says how the files of a batch are taken apart, as far as the files themselves do
// not tell.
func (b *batch) takenApart() string {
	var columns []string
	for _, c := range b.columns {
		columns = append(columns, fmt.Sprintf("%q %q %q %d %t %d %d %t %q %t", c.name, c.kind, c.known, c.digits, c.folder, c.join, c.at, c.hidden, c.full, c.inner))
	}
	return fmt.Sprintf("%s %q %q %q %q\n%s\n%+v %v %+v %t %t",
		b.format, b.spec.Records, b.spec.Sheet, b.spec.Encoding, b.spec.FillDown, strings.Join(columns, "\n"), b.members, b.used, b.fill, b.compared, b.hidesVirtual())
}

// keyOf is the key of a file of a batch. Its name says how it is compressed, and its folders
// may hold columns.
func keyOf(f file, content, meaning string) cache.Key {
	own := cache.Meaning(meaning, strings.ToLower(filepath.Ext(f.open)), fmt.Sprintf("%q", f.partitions()), fmt.Sprintf("%q", f.sheet.Name))
	return cache.Key{Bytes: f.is.size, Content: content, Meaning: own}
}

// stamp is by what a file is known that is not looked into.
func (i identity) stamp(open string) cache.Stamp {
	return cache.Stamp{Path: open, Device: i.device, Inode: i.inode, Bytes: i.size, Written: i.written, Changed: i.changed}
}
