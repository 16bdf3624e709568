#pragma once

#include <xgrad/framework/runtime/function.hpp>
#include <xgrad/models/training/batches.hpp>

#include <map>
#include <memory>
#include <mutex>
#include <vector>

namespace xgrad {

/// A graph of batches made ready for the arrays that it is run on: getting the samples of a batch and converting their
/// elements is part of the compiled step, so that raw bytes can be trained on as they are.
class BatchFunction {
 public:
  /// `inputs` have shapes (batch, ...).
  BatchFunction(BatchAccess access, std::vector<Tensor> inputs, std::vector<Tensor> outputs, Updates updates = {});

  /// Batches of `samples` rows, from row `first`, of one array for each input. An array has as many elements in a row
  /// as the input, and any dtype.
  Batches batches(std::span<const ArrayRef> arrays, std::int64_t first, std::int64_t samples,
                  std::int64_t batch_size) const;

  /// The function that takes the arguments of these batches; compiled once for each combination of dtypes. Several
  /// threads may ask at once.
  Function& compiled_for(const Batches& batches);

 private:
  Function compile(const std::vector<DType>& dtypes) const;

  BatchAccess access_;
  std::vector<Tensor> inputs_;
  std::vector<Tensor> outputs_;
  Updates updates_;

  struct Compiled {
    std::mutex mutex;
    std::map<std::vector<DType>, Function> functions;  // which stay where they are
  };
  std::unique_ptr<Compiled> compiled_ = std::make_unique<Compiled>();
};

}  // namespace xgrad
