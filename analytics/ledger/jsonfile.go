package ledger

import (
	"cmp"
	"errors"
	"path/filepath"
	"slices"

	"clientele/analytics/job"
	"clientele/analytics/ledger/records"
)

// lookAtObjects finds out where the records of a JSON file stand, and which members they
// have.
func (b *batch) lookAtObjects() (err error) {
	f := &b.files[0]
	if f.layout, err = b.readLayout(); err != nil {
		return err
	}
	text, err := OpenText(f.open)
	if err != nil {
		return err
	}
	defer func() { err = cmp.Or(err, text.Close()) }()
	b.members, err = records.ReadMembers(f.decoded(text, &records.LineCount{}), f.layout)
	return err
}

// readLayout looks at the beginning of the file.
func (b *batch) readLayout() (l records.Layout, err error) {
	f := b.files[0]
	text, err := OpenText(f.open)
	if err != nil {
		return l, err
	}
	defer func() { err = cmp.Or(err, text.Close()) }()
	l, err = records.ReadLayout(f.decoded(text, &records.LineCount{}), b.spec.Records, saysLines(f.path))
	var unclear *records.ListError
	if !errors.As(err, &unclear) {
		return l, err
	}
	return l, job.Errors{violation(b.spec, b.source, b.spec.Key("records"), "%s: %v%s", f.path, unclear, listRemedy(unclear))}
}

// listRemedy says how to name the list.
func listRemedy(e *records.ListError) string {
	if len(e.Lists) == 0 {
		return "; leave records out where each line is an object, or the document is a list"
	}
	return "; for example records: " + e.Lists[0]
}

// saysLines tells whether a file's name says that each line is an object.
func saysLines(name string) bool {
	return slices.Contains([]string{".jsonl", ".ndjson"}, filepath.Ext(job.UncompressedName(name)))
}

// shareMembers gives each JSON file the columns of all. A member that no record of a file
// has is empty in it, as one is that some of its records have not.
func shareMembers(batches []*batch) {
	var all []records.Member
	seen := map[string]bool{}
	for _, b := range batches {
		for _, m := range b.members {
			if !seen[m.Name] {
				seen[m.Name] = true
				all = append(all, m)
			}
		}
	}
	for _, b := range batches {
		if b.format != job.JSON {
			continue
		}
		b.members, b.columns = all, nil
		for _, m := range all {
			b.columns = append(b.columns, column{name: m.Name, kind: textKind, inner: m.Inner()})
		}
	}
}

// wantedMembers are the members of a JSON file by column; those that nothing reads have no
// name.
func (b *batch) wantedMembers() []records.Member {
	wanted := make([]records.Member, len(b.members))
	for i, m := range b.members {
		if b.needs(i) || b.compared && !m.Inner() {
			wanted[i] = m
		}
	}
	return wanted
}
