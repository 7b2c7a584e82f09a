package ledger

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"

	"clientele/analytics/cache"
	"clientele/analytics/engine"
	"clientele/internal/concurrent"
)

// The rows of a file that did not change are those of the night before, as long as all that
// makes rows of a file is as it was. They are kept as they are before rows are compared with
// each other and before the last day that counts is looked at, so that everything after that
// is as if they had been read.

// keeping takes rows from a cache, and keeps there what is read.
type keeping struct {
	folder *cache.Folder
	trust  bool // in the size of a file and its times of writing

	mu       sync.Mutex
	contents map[string]string // fingerprints of files by their place, once they are known
	drafts   map[cache.Key]*cache.Draft
	keys     map[int]cache.Key // of the files whose rows are in the cache or will be
	facts    map[int]facts     // of these
	same     map[int]bool      // files that are as on another night
	alike    map[int]bool      // files with rows that another has too
	beside   map[string]bool   // fingerprints of files that are joined
	summing
}

// folders are those that the engine may reach into.
func (k *keeping) folders() []string {
	if k == nil {
		return nil
	}
	return []string{k.folder.Path()}
}

// without leaves out the files of the cache, where it lies among the exports.
func (k *keeping) without(files []file) []file {
	if k == nil {
		return files
	}
	return slices.DeleteFunc(files, func(f file) bool {
		path, err := filepath.Abs(f.open)
		if err != nil {
			return false
		}
		from, err := filepath.Rel(k.folder.Path(), path)
		return err == nil && filepath.IsLocal(from)
	})
}

// begin begins to fill the ledger, perhaps once more.
func (k *keeping) begin() {
	if k == nil {
		return
	}
	for _, d := range k.drafts {
		d.Drop()
	}
	k.drafts, k.keys = map[cache.Key]*cache.Draft{}, map[int]cache.Key{}
	k.facts, k.same, k.alike, k.beside = map[int]facts{}, map[int]bool{}, map[int]bool{}, map[string]bool{}
	k.summing.begin(k.folder)
	if k.contents == nil {
		k.contents = map[string]string{}
	}
	k.folder.Again()
}

// allKnown notes that all files of the night are known by what is in them.
func (k *keeping) allKnown() {
	if k != nil {
		k.folder.Listed()
	}
}

// keep keeps what was read in the way that all rows show.
func (k *keeping) keep() {
	if k == nil {
		return
	}
	for _, d := range k.drafts {
		if err := d.Keep(); err != nil {
			k.folder.Fail(err)
			d.Drop()
		}
	}
	k.drafts = nil
}

// taken is a file whose rows are in the cache.
type taken struct {
	*cache.Entry // nil: they are in the sum of several
	key          cache.Key
	facts        facts
}

// fill puts the rows of a batch into the ledger: those that are in the cache from there, and
// the others from the files, of which they are kept.
func (k *keeping) fill(ctx context.Context, p *Plan, b *batch, insert func(reader string) string, limit any) error {
	meaning, err := p.meaningOf(b)
	if err != nil {
		return err
	}
	for _, content := range b.beside() {
		k.folder.Of(content)
		k.beside[content] = true
	}
	b.readings = make([]reading, len(b.files))
	k.folder.Asked(len(b.files))
	f := intake{b, meaning, insert, limit}
	all := make([]bool, len(b.files))
	for i := range all {
		all[i] = true
	}
	return k.fillFiles(ctx, p, f, all, k.findOrClaim)
}

// intake is how the rows of a batch come into the ledger.
type intake struct {
	*batch
	meaning string
	insert  func(reader string) string
	limit   any
}

// fillFiles puts the rows of some files of a batch into the ledger. find says where they are.
func (k *keeping) fillFiles(ctx context.Context, p *Plan, f intake, wanted []bool, find findFile) error {
	found, err := k.find(ctx, p, f, wanted, find)
	if err != nil {
		return err
	}
	for from := 0; from < len(f.files); {
		to := from
		for to < len(f.files) && wanted[to] && found[to] == nil {
			to++
		}
		if to == from {
			from++
			continue
		}
		if err := k.readPart(ctx, p, f, from, to); err != nil {
			return err
		}
		from = to
	}
	return k.take(ctx, p, f.batch, found)
}

// beside are the fingerprints of the files that are joined to a batch.
func (b *batch) beside() (contents []string) {
	for _, l := range b.joins {
		contents = append(contents, l.contents...)
	}
	return contents
}

// readPart reads neighbouring files of a batch, and keeps their rows.
func (k *keeping) readPart(ctx context.Context, p *Plan, f intake, from, to int) error {
	part := *f.batch
	part.first, part.files = f.first+from, f.files[from:to:to]
	if err := part.read(ctx, p.engine, 0, f.insert, f.limit); err != nil {
		return err
	}
	copy(f.readings[from:to], part.readings)
	err := k.draft(ctx, p, &part, f.meaning, f.limit)
	if err != nil && ctx.Err() == nil { // the night goes on without
		k.folder.Fail(err)
		return nil
	}
	return err
}

// draft writes the rows of files that were read.
func (k *keeping) draft(ctx context.Context, p *Plan, b *batch, meaning string, limit any) error {
	if k.folder.Failed() {
		return nil
	}
	of, err := p.factsOf(ctx, b, limit)
	if err != nil {
		return err
	}
	for i, f := range b.files {
		k.folder.Of(b.readings[i].sha256)
		k.remember(f, b.readings[i].sha256)
		key := keyOf(f, b.readings[i].sha256, meaning)
		of[i].sha256 = b.readings[i].sha256
		k.keys[b.first+i], k.facts[b.first+i] = key, of[i]
		if k.drafts[key] != nil {
			continue // the same file under another name
		}
		d, err := k.folder.Begin(key)
		if err != nil {
			return err
		}
		k.drafts[key], d.Facts, d.Beside = d, of[i], b.beside()
		if err := k.write(ctx, p, d.Path(), fmt.Sprintf("SELECT * EXCLUDE (source, file) FROM ledger WHERE file = %d", b.first+i), nil); err != nil {
			// What was written of it is no entry.
			delete(k.drafts, key)
			d.Drop()
			return err
		}
	}
	return nil
}

// findFile looks for a file of a batch; nil: it is to be read.
type findFile func(ctx context.Context, p *Plan, f intake, at int) (*taken, error)

// find looks for some files of a batch; nil: it is to be read.
func (k *keeping) find(ctx context.Context, p *Plan, f intake, wanted []bool, find findFile) ([]*taken, error) {
	found := make([]*taken, len(f.files))
	var tasks concurrent.Tasks
	const workers = 8 // reading waits for the disk
	for w := range workers {
		tasks.Go(func() error {
			for i := w; i < len(f.files); i += workers {
				if !wanted[i] {
					continue
				}
				var err error
				if found[i], err = find(ctx, p, f, i); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return found, tasks.Wait()
}

// findOrClaim looks in the cache for one file: in the sum that is there, and for its rows.
func (k *keeping) findOrClaim(ctx context.Context, p *Plan, f intake, at int) (*taken, error) {
	file := f.files[at]
	if !k.folder.MayHold(file.is.size) {
		return nil, nil
	}
	content, err := k.contentOf(ctx, file)
	if err != nil {
		return nil, err
	}
	k.folder.Of(content)
	key := keyOf(file, content, f.meaning)
	if k.claim(p, f, at, key, content) {
		return &taken{key: key}, nil
	}
	return k.findRows(p, f, at, key, content), nil
}

// findRows looks in the cache for the rows of one file.
func (k *keeping) findRows(p *Plan, f intake, at int, key cache.Key, content string) *taken {
	e := k.folder.Find(key, f.files[at].path)
	if e == nil {
		return nil
	}
	t := &taken{Entry: e, key: key}
	if err := json.Unmarshal(e.Facts, &t.facts); err != nil || !t.facts.hold(p, f.batch) {
		return nil // facts that cannot be read are none
	}
	t.facts.sha256 = content
	return t
}

// contentOf is the fingerprint of a file, which must be the one that was described.
func (k *keeping) contentOf(ctx context.Context, f file) (string, error) {
	k.mu.Lock()
	content, known := k.contents[f.open]
	k.mu.Unlock()
	if !known && k.trust {
		content, known = k.folder.Known(f.is.stamp(f.open))
	}
	if !known {
		silent := f
		silent.watch = nil // what is read after this is watched
		var err error
		if content, err = fingerprint(ctx, silent); err != nil {
			return "", dataError(f, err)
		}
	}
	if err := f.unchanged(); err != nil {
		return "", err
	}
	k.remember(f, content)
	return content, nil
}

// remember notes the fingerprint of a file.
func (k *keeping) remember(f file, content string) {
	k.mu.Lock()
	k.contents[f.open] = content
	k.mu.Unlock()
	if k.trust {
		k.folder.Remember(f.is.stamp(f.open), content)
	}
}

// take puts the rows of files that are in the cache into the ledger.
func (k *keeping) take(ctx context.Context, p *Plan, b *batch, found []*taken) error {
	var rows keptRows
	for i, t := range found {
		if t == nil || t.Entry == nil { // to be read, or in the sum
			continue
		}
		f := &b.files[i]
		if err := b.readAs(f, t.facts.Encoding); err != nil {
			return err
		}
		b.readings[i], k.keys[b.first+i], k.facts[b.first+i], k.same[b.first+i] = t.facts.reading(), t.key, t.facts, true
		rows.add(t.Data, b.first+i)
		k.folder.Took(t.Entry, t.facts.Rows)
		f.watch.add(int(f.is.size))
	}
	if err := rows.insert(ctx, p, b.source, ""); err != nil {
		return k.unreadable(err)
	}
	return nil
}

// keptRows are the entries of files of one source.
type keptRows struct{ paths, files []string }

func (r *keptRows) add(path string, file int) {
	r.paths, r.files = append(r.paths, path), append(r.files, strconv.Itoa(file))
}

// insert puts them into the ledger.
func (r *keptRows) insert(ctx context.Context, p *Plan, source int, where string) error {
	if r.paths == nil {
		return nil
	}
	return p.engine.Exec(ctx, fmt.Sprintf("INSERT INTO ledger BY NAME SELECT %d AS source, CAST([%s][CAST(file_index + 1 AS BIGINT)] AS INTEGER) AS file, * FROM %s %s",
		source, strings.Join(r.files, ", "), engine.ReadParquet(r.paths...), where))
}

// unreadable says that the engine cannot read what is whole by its fingerprint.
func (k *keeping) unreadable(err error) error {
	return fmt.Errorf("ledger: what is kept of files cannot be read: %w; remove the folder %s and run again", err, k.folder.Path())
}
