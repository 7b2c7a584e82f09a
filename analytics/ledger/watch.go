package ledger

import "sync/atomic"

// watch counts the bytes that are read of the exports, for somebody who waits. A nil
// watch counts nothing.
type watch struct {
	read  atomic.Int64
	total int64
	tell  func(read, total int64)
}

// WatchReading has tell called as [Plan.Load] reads: about once a mebibyte, with the bytes
// that were read of all exports and how many there are. Where the exports have to be read
// once more, it begins again from 0. Several goroutines may call at the same time.
func (p *Plan) WatchReading(tell func(read, total int64)) {
	w := &watch{tell: tell}
	for _, b := range p.allBatches() {
		for i := range b.files {
			b.files[i].watch = w
			w.total += b.files[i].is.size
		}
	}
	p.watch = w
}

// add counts bytes that were read.
func (w *watch) add(n int) {
	if w == nil {
		return
	}
	const often = 20 // a mebibyte has 2^20 bytes
	read := w.read.Add(int64(n))
	if read>>often != (read-int64(n))>>often {
		w.tell(min(read, w.total), w.total)
	}
}

// again begins from 0.
func (w *watch) again() {
	if w != nil {
		w.read.Store(0)
	}
}
