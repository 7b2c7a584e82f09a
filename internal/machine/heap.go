package machine

import (
	"runtime/debug"
	"runtime/metrics"
	"sync"
)

// leastHeap is a heap below which collecting garbage again and again helps nobody, in bytes.
const leastHeap = 32 << 20

// heapLimit is the limit of the Go heap of this process. All watches share it.
type heapLimit struct {
	mu      sync.Mutex
	watches int
	before  int64 // the limit before the first of them
	limit   int64 // of now
}

var theHeap heapLimit

// begin notes that a watch begins.
func (h *heapLimit) begin() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.watches++; h.watches == 1 {
		h.before = debug.SetMemoryLimit(-1)
		h.limit = h.before
	}
}

// end gives the heap the limit that it had before, once the last watch has ended.
func (h *heapLimit) end() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.watches--; h.watches == 0 {
		debug.SetMemoryLimit(h.before)
	}
}

// set sets the limit, but for a change of less than small.
func (h *heapLimit) set(limit, small int64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	limit = min(h.before, max(limit, leastHeap))
	if h.watches == 0 || limit == h.limit || limit > h.limit-small && limit < h.limit+small {
		return
	}
	h.limit = limit
	debug.SetMemoryLimit(limit)
}

// giveBack collects garbage and returns what is free to the system.
func (h *heapLimit) giveBack() { debug.FreeOSMemory() }

// held is the memory that the Go runtime has of the system, in bytes: objects, garbage, room
// between them and the runtime's own.
func (h *heapLimit) held() int64 {
	samples := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(samples)
	return int64(samples[0].Value.Uint64() - samples[1].Value.Uint64())
}
