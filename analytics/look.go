package analytics

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"clientele/analytics/draft"
	"clientele/analytics/engine"
	"clientele/analytics/job"
	"clientele/analytics/ledger"
)

// Look looks at exports for a job file that is to stand in a folder. Files of the same
// columns are one input, if one path stands for them and for nothing else.
func Look(ctx context.Context, folder string, exports []string, o Options) (_ []draft.Input, err error) {
	o = o.withDefaults()
	e, err := engine.OpenDuckDB(ctx, engine.Options{Threads: o.Threads})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, e.Close()) }()
	var all []draft.Input
	for _, export := range exports {
		path, err := from(folder, export)
		if err != nil {
			return nil, err
		}
		source := job.DefaultSource()
		source.Path = path
		looks, err := ledger.LookAt(ctx, e, folder, source)
		if err != nil {
			return nil, err
		}
		all = append(all, draft.Input{Path: path, Looks: looks})
	}
	return grouped(all), nil
}

// from is a path as it is seen from a folder.
func from(folder, path string) (string, error) {
	here, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	there, err := filepath.Abs(folder)
	if err != nil {
		return "", err
	}
	if seen, err := filepath.Rel(there, here); err == nil {
		return filepath.ToSlash(seen), nil
	}
	return here, nil
}

// grouped puts files of the same columns together.
func grouped(inputs []draft.Input) []draft.Input {
	var groups []draft.Input
	whole := map[int]string{} // groups that are all of one input, and its path
	for _, in := range inputs {
		for _, look := range in.Looks {
			at := slices.IndexFunc(groups, func(g draft.Input) bool { return sameColumns(g.Looks[0], look) })
			if at < 0 {
				at = len(groups)
				groups = append(groups, draft.Input{})
			}
			groups[at].Looks = append(groups[at].Looks, look)
		}
		if at := len(groups) - 1; at >= 0 && len(groups[at].Looks) == len(in.Looks) && groups[at].Looks[0] == in.Looks[0] {
			whole[at] = in.Path
		}
	}
	var out []draft.Input
	for i, g := range groups {
		if g.Path = whole[i]; g.Path == "" || len(g.Looks) != lenOf(inputs, g.Path) {
			g.Path = pathOf(g.Looks)
		}
		if g.Path != "" {
			out = append(out, g)
			continue
		}
		for _, look := range g.Looks {
			out = append(out, draft.Input{Path: filepath.ToSlash(look.Path), Looks: []*ledger.Look{look}})
		}
	}
	return out
}

func lenOf(inputs []draft.Input, path string) int {
	for _, in := range inputs {
		if in.Path == path {
			return len(in.Looks)
		}
	}
	return 0
}

// sameColumns tells whether two files can be one source.
func sameColumns(a, b *ledger.Look) bool {
	return a.Format == b.Format && a.Sheet == b.Sheet && slices.Equal(a.Columns, b.Columns) && draft.FinancialYear(a) == draft.FinancialYear(b)
}

// pathOf is one path for some files: that of the only one, or a pattern that matches
// these and no others; empty where there is none.
func pathOf(looks []*ledger.Look) string {
	first := filepath.ToSlash(looks[0].Path)
	if len(looks) == 1 {
		return first
	}
	var names []string
	for _, l := range looks {
		if filepath.Dir(l.Open) != filepath.Dir(looks[0].Open) {
			return ""
		}
		names = append(names, filepath.Base(l.Open))
	}
	head, tail := common(names)
	pattern := head + "*" + tail
	in := filepath.Dir(looks[0].Open)
	entries, err := os.ReadDir(in)
	if err != nil || strings.ContainsAny(head+tail, "*?[") {
		return ""
	}
	for _, e := range entries {
		if is, _ := filepath.Match(pattern, e.Name()); is && !slices.Contains(names, e.Name()) {
			return ""
		}
	}
	return strings.TrimSuffix(first, filepath.Base(first)) + pattern
}

// common is how all names begin and, of what is left, how they end.
func common(names []string) (head, tail string) {
	head, tail = names[0], names[0]
	for _, n := range names[1:] {
		for !strings.HasPrefix(n, head) {
			head = head[:len(head)-1]
		}
		for !strings.HasSuffix(n, tail) {
			tail = tail[1:]
		}
	}
	shortest := slices.MinFunc(names, func(a, b string) int { return len(a) - len(b) })
	return head, tail[max(0, len(head)+len(tail)-len(shortest)):]
}
