package ledger

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/bmatcuk/doublestar/v4"

	"clientele/analytics/engine"
	"clientele/analytics/engine/dialect"
	"clientele/analytics/job"
)

// Listing is the files that a cluster finds where the sources of a job say, by source. It is
// made once, so that what is read is what was listed.
type Listing struct {
	dir     string // from which relative names start
	sources [][]listedFile
	tables  bool // some source is a table, of which nobody knows whether it has changed
}

// listedFile is a file as the cluster knows it.
type listedFile struct {
	path string // its name: file:/mnt/a b.csv
	from string // what its rows say of where they are from: file:///mnt/a%20b.csv
	size string // in bytes
	time string // of writing
}

// asker runs statements on a cluster.
type asker interface {
	Exec(ctx context.Context, sql string, args ...any) error
	Rows(ctx context.Context, sql string, args ...any) (array.RecordReader, error)
}

// List asks a cluster for the files of all sources. It reads none of them.
func List(ctx context.Context, c asker, j *job.Job) (*Listing, error) {
	l := &Listing{dir: j.Dir, sources: make([][]listedFile, len(j.Sources))}
	for i, s := range j.Sources {
		if s.Table != "" {
			l.tables = true
			continue
		}
		view := exportView(i) + "_files"
		err := c.Exec(ctx, "CREATE OR REPLACE TEMPORARY VIEW "+view+" USING binaryFile OPTIONS (recursiveFileLookup 'true', path "+dialect.Spark.Literal(l.root(s))+")")
		if isNoPath(err) {
			continue
		}
		if err == nil {
			l.sources[i], err = listed(ctx, c, "SELECT path, input_file_name(), CAST(length AS STRING), CAST(unix_micros(modificationTime) AS STRING) FROM "+view)
		}
		if err != nil {
			return nil, fmt.Errorf("sources.%d.path: %w", i, err)
		}
	}
	return l, nil
}

func isNoPath(err error) bool {
	said, is := errors.AsType[*engine.SQLError](err)
	return is && strings.HasPrefix(said.Message, "[PATH_NOT_FOUND")
}

func listed(ctx context.Context, c asker, sql string) (files []listedFile, err error) {
	rows, err := c.Rows(ctx, sql)
	if err != nil {
		return nil, err
	}
	defer rows.Release()
	for rows.Next() {
		r := rows.RecordBatch()
		for k := range int(r.NumRows()) {
			cell := func(column int) string { return strings.Clone(r.Column(column).ValueStr(k)) }
			files = append(files, listedFile{cell(0), cell(1), cell(2), cell(3)})
		}
	}
	return files, rows.Err()
}

// Fingerprint stands for the content of all files, by their names, sizes and times. Empty:
// there are tables among the sources.
func (l *Listing) Fingerprint() string {
	if l.tables {
		return ""
	}
	sum := sha256.New()
	for _, files := range l.sources {
		all := slices.Clone(files)
		slices.SortFunc(all, func(a, b listedFile) int { return strings.Compare(a.path, b.path) })
		fmt.Fprintf(sum, "%q\n", all)
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// pattern is the path of a source as the cluster reads it: one without a scheme is of a folder
// that it shares with this machine.
func (l *Listing) pattern(s job.Source) string {
	if strings.Contains(s.Path, "://") {
		return s.Path
	}
	return "file://" + absolute(l.dir, s.Path)
}

// root is where the cluster looks for the files of a source. It takes ** for *, which stands
// for any number of folders here.
func (l *Listing) root(s job.Source) string {
	pattern := l.pattern(s)
	if before, _, found := strings.Cut(pattern, "**"); found {
		return above(before)
	}
	return pattern
}

// plainPath is a path without the beginning that the cluster writes in more ways than one.
func plainPath(name string) string {
	if rest, is := strings.CutPrefix(name, "file:"); is {
		return "/" + strings.TrimLeft(rest, "/")
	}
	return name
}

// files are those of a source, in order, and how the rows of each say where they are from.
// exact is the path by which the cluster reads these and no others.
func (l *Listing) files(i int, s job.Source, isJoined func(open string) bool) (found []file, from []string, exact string, err error) {
	pattern := plainPath(l.pattern(s))
	direct := slices.DeleteFunc(slices.Clone(l.sources[i]), func(f listedFile) bool { return !matchesPattern(pattern, plainPath(f.path)) })
	chosen := direct
	if len(direct) == 0 {
		chosen = l.inFolders(i, s)
	}
	if rest := slices.DeleteFunc(slices.Clone(chosen), func(f listedFile) bool { return isJoined(plainPath(f.path)) }); len(rest) > 0 {
		chosen = rest
	}
	if len(chosen) == 0 {
		return nil, nil, "", l.none(i, s)
	}
	byFolder := !strings.ContainsAny(pattern, "*?[{")
	slices.SortFunc(chosen, func(a, b listedFile) int {
		if byFolder {
			return slices.Compare(strings.Split(a.path, "/"), strings.Split(b.path, "/"))
		}
		return strings.Compare(a.path, b.path)
	})
	for _, f := range chosen {
		open := plainPath(f.path)
		one := file{path: l.shown(s, f.path), open: open}
		if one.is.size, err = strconv.ParseInt(f.size, 10, 64); err != nil {
			return nil, nil, "", err
		}
		if err := (search{l.dir, s}).known(one); err != nil {
			return nil, nil, "", err
		}
		found, from = append(found, one), append(from, f.from)
	}
	exact = l.root(s)
	if len(chosen) < len(l.sources[i]) {
		if len(chosen) > mostNamed {
			return nil, nil, "", job.Errors{violation(s, i, "path", "names %d of %d files in a folder, each of which the cluster would have to be told of, and it is told of %d at most; give a pattern that names these alone, such as *.csv", len(chosen), len(l.sources[i]), mostNamed)}
		}
		exact = alternatives(chosen)
	}
	return found, from, exact, nil
}

// matchesPattern tells whether a path is named by a pattern, and not by its folder alone.
// What begins with a dot or an underscore below it is another program's mark.
func matchesPattern(pattern, name string) bool {
	is, err := doublestar.Match(pattern, name)
	return (err == nil && is || pattern == name) && !marked(pattern, name)
}

func marked(pattern, name string) bool {
	rest, inside := strings.CutPrefix(name, fixedFolder(pattern))
	return inside && pattern != name && slices.ContainsFunc(strings.Split(rest, "/"), hidden)
}

// inFolders are the exports in the folders that a path names.
func (l *Listing) inFolders(i int, s job.Source) []listedFile {
	pattern := strings.TrimSuffix(plainPath(l.pattern(s)), "/")
	return slices.DeleteFunc(slices.Clone(l.sources[i]), func(f listedFile) bool {
		_, known := job.FormatOf(f.path)
		within := matchesPattern(pattern+"/**", plainPath(f.path))
		return !within || !known && s.Format == ""
	})
}

// none says that a source has no file tonight.
func (l *Listing) none(i int, s job.Source) error {
	switch {
	case len(l.sources[i]) > 0:
		return (search{l.dir, s}).noneInFolder()
	case strings.ContainsAny(s.Path, "*?[{"):
		return noFile("no file matches %q: check the pattern, or that tonight's export has arrived", s.Path)
	}
	return noFile("no such file %q, as the cluster sees it: check the path, or that tonight's export has arrived", s.Path)
}

// shown is what messages and manifests call a file: by the job file's spelling.
func (l *Listing) shown(s job.Source, name string) string {
	if strings.Contains(s.Path, "://") {
		return name
	}
	open := plainPath(name)
	if filepath.IsAbs(s.Path) {
		return open
	}
	if relative, err := filepath.Rel(absolute(l.dir, ""), open); err == nil {
		return relative
	}
	return open
}

// mostNamed is how many files a statement names one by one. It is chosen: with paths of a hundred
// characters the statement has a megabyte, of the 128 that Spark Connect takes as one message by
// default (spark.connect.grpc.maxInboundMessageSize), and the cluster tries each of them by itself.
const mostNamed = 10_000

// alternatives is a pattern that names some files: FOLDER/{a.csv,b/c.csv}.
func alternatives(files []listedFile) string {
	folder := files[0].path
	for _, f := range files {
		for folder = above(folder); !strings.HasPrefix(f.path, folder); {
			folder = above(strings.TrimSuffix(folder, "/"))
		}
	}
	var names []string
	for _, f := range files {
		names = append(names, literalPath(strings.TrimPrefix(f.path, folder)))
	}
	if len(names) == 1 {
		return literalPath(folder) + names[0]
	}
	return literalPath(folder) + "{" + strings.Join(names, ",") + "}"
}

// above is the folder of a file or, where the name ends in a slash, that folder itself.
func above(name string) string { return name[:strings.LastIndexByte(name, '/')+1] }

// literalPath is a path in which the cluster sees no pattern.
func literalPath(name string) string { return patternSigns.Replace(name) }

var patternSigns = strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`, `]`, `\]`, `{`, `\{`, `}`, `\}`, `,`, `\,`)
