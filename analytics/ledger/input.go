package ledger

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"os"
	"slices"

	"clientele/internal/regular"
)

// Input is one export file that was read.
type Input struct {
	Path     string
	SHA256   string
	Rows     int64
	Encoding string // of text, as package charset names it
}

// Inputs are the files that were read, those that are joined last, with the fingerprints
// of the bytes that were read.
func (p *Plan) Inputs() []Input {
	inputs := make([]Input, 0, p.files)
	for _, b := range p.allBatches() {
		for i, f := range b.files {
			in := Input{Path: f.path, SHA256: b.readings[i].sha256, Rows: b.readings[i].rows, Encoding: f.encoding.name}
			if b.isJoined && slices.Contains(inputs, in) {
				continue // a file that several sources are joined to is one input
			}
			inputs = append(inputs, in)
		}
	}
	if p.rates != nil {
		inputs = append(inputs, p.rates.Input)
	}
	if m := p.idMap; m != nil {
		inputs = append(inputs, Input{Path: m.Path, SHA256: m.SHA256, Rows: int64(m.Rows)})
	}
	return inputs
}

// allProven makes sure that every file has been read to its end: a file without
// a fingerprint would be passed over by all that is proven of it later.
func (b *batch) allProven() error {
	for i, r := range b.readings {
		if r.sha256 == "" {
			return &DataError{Path: b.files[i].path, Message: "was not read to its end: nothing is published; please report this"}
		}
	}
	return nil
}

// reading is what came of reading a file to its end.
type reading struct {
	sha256         string
	rows           int64 // that went into the ledger
	malformed      int64 // of them
	firstMalformed int64 // line
}

// fingerprinted reads the bytes of a file and keeps their fingerprint.
type fingerprinted struct {
	file  *os.File
	sum   hash.Hash
	watch *watch
	ctx   context.Context
}

func openFingerprinted(ctx context.Context, f file) (*fingerprinted, error) {
	opened, err := regular.Open(f.open)
	if err != nil {
		return nil, err
	}
	return &fingerprinted{opened, sha256.New(), f.watch, ctx}, nil
}

// Read implements io.Reader. It stops a long read when the run is called off.
func (f *fingerprinted) Read(p []byte) (int, error) {
	if err := f.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := f.file.Read(p)
	f.sum.Write(p[:n])
	f.watch.add(n)
	return n, err
}

// finish reads what is left of the file and gives the fingerprint.
func (f *fingerprinted) finish() (string, error) {
	if _, err := io.Copy(io.Discard, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(f.sum.Sum(nil)), nil
}

// fingerprint is the sha256 of a file's bytes.
func fingerprint(ctx context.Context, f file) (string, error) {
	bytes, err := openFingerprinted(ctx, f)
	if err != nil {
		return "", err
	}
	sum, err := bytes.finish()
	return sum, cmp.Or(err, bytes.file.Close())
}

// sourceOf is the source that a file belongs to.
func (p *Plan) sourceOf(file int) int { return p.batchOf(file).source }

// batchOf is the batch that a file belongs to.
func (p *Plan) batchOf(file int) *batch {
	for _, b := range p.batches {
		if file < b.first+len(b.files) {
			return b
		}
	}
	panic(fmt.Sprintf("ledger: file %d of %d", file, p.files))
}
