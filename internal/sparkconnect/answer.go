package sparkconnect

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/ipc"

	pb "clientele/internal/sparkconnect/connectpb"
)

// answer collects the rows of a query: Arrow streams, each with the schema and a batch.
type answer struct {
	streams [][]byte
	size    int
}

func (a *answer) take(b *pb.ExecutePlanResponse_ArrowBatch) error {
	if a.size += len(b.GetData()); a.size > receiveLimit {
		return fmt.Errorf("spark: the answer is larger than %d MiB; write it to files", receiveLimit>>20)
	}
	a.streams = append(a.streams, b.GetData())
	return nil
}

func (a *answer) reader() (array.RecordReader, error) {
	var batches []arrow.RecordBatch
	defer func() {
		for _, b := range batches {
			b.Release()
		}
	}()
	var schema *arrow.Schema
	for _, stream := range a.streams {
		r, err := ipc.NewReader(bytes.NewReader(stream))
		if err != nil {
			return nil, fmt.Errorf("spark: the answer is no Arrow stream: %w", err)
		}
		defer r.Release()
		schema = r.Schema()
		for r.Next() {
			b := r.RecordBatch()
			b.Retain()
			batches = append(batches, b)
		}
		if err := r.Err(); err != nil {
			return nil, fmt.Errorf("spark: the answer is damaged: %w", err)
		}
	}
	if schema == nil {
		return nil, errors.New("spark: the server sent no rows and no columns for a query")
	}
	return array.NewRecordReader(schema, batches)
}
