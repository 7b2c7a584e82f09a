package ledger

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
)

// Input is one export file as the manifest records it.
type Input struct {
	Path   string `json:"path"`
	SHA256 string `json:"sha256"`
	Rows   int64  `json:"rows"`
}

// Hash reads the export files once more for their fingerprints, which prove
// later what a run has read. It needs no engine and may run beside Load.
func (p *Plan) Hash(ctx context.Context) ([]Input, error) {
	inputs := make([]Input, 0, p.files)
	for _, b := range p.batches {
		for _, f := range b.files {
			sum, err := fingerprint(ctx, f.open)
			if err != nil {
				if ctx.Err() != nil {
					return nil, ctx.Err()
				}
				return nil, &DataError{Path: f.path, Message: err.Error()}
			}
			inputs = append(inputs, Input{Path: f.path, SHA256: sum})
		}
	}
	return inputs, nil
}

// fingerprint is the sha256 of a file's bytes. It undoes the compression on the
// way, since the engine reads a file that was cut off in transfer as if it
// were whole, and only its trailer tells.
func fingerprint(ctx context.Context, name string) (string, error) {
	f, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	bytes := io.TeeReader(cancelled{ctx, f}, h)
	text, err := uncompressed(name, bytes)
	if err == nil {
		_, err = io.Copy(io.Discard, text)
		err = cmp.Or(err, text.Close())
	}
	switch {
	case ctx.Err() != nil:
		return "", ctx.Err()
	case err != nil:
		return "", fmt.Errorf("the file is cut off or damaged (%w): export or copy it again", err)
	}
	if _, err := io.Copy(io.Discard, bytes); err != nil { // what follows the compressed text
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// cancelled stops a long read when the run is called off.
type cancelled struct {
	ctx context.Context
	io.Reader
}

func (c cancelled) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.Reader.Read(p)
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
