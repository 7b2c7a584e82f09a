package ledger

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"clientele/analytics/engine"
)

// That no two of many files have a row alike is found by comparing all rows of all. It is
// noted, so that the next night compares the rows of new files with all, and no others with
// each other.

// apart are the files of which an earlier night found that no two have a row alike, as a list
// of SQL; empty: there are none.
func (k *keeping) apart() string {
	if k == nil {
		return ""
	}
	var names, files []string
	if !k.folder.Noted(&names) {
		return ""
	}
	seen := map[string]bool{} // a file that is there twice is not apart from itself
	for file, key := range k.keys {
		if name := key.Name(); slices.Contains(names, name) && !seen[name] {
			seen[name] = true
			files = append(files, strconv.Itoa(file))
		}
	}
	return strings.Join(files, ", ")
}

// noteApart notes the files of tonight that have no row that another has: those without
// anything that the table repeated has.
func (k *keeping) noteApart(ctx context.Context, p *Plan) error {
	if k == nil {
		return nil
	}
	rows, err := engine.Text(ctx, p.engine,
		"SELECT DISTINCT file FROM ledger SEMI JOIN repeated USING (source, content) WHERE reason IS NULL OR reason = 'after_as_of'")
	if err != nil {
		return fmt.Errorf("ledger: files with rows alike: %w", err)
	}
	for _, r := range rows {
		file, err := strconv.Atoi(r[0])
		if err != nil {
			return err
		}
		k.alike[file] = true
	}
	names := []string{}
	for file, key := range k.keys {
		if p.looksForDuplicates(p.sourceOf(file)) && !k.alike[file] {
			names = append(names, key.Name())
		}
	}
	slices.Sort(names)
	if err := k.folder.Note(names); err != nil {
		k.folder.Fail(err)
	}
	return nil
}
