#include <xgrad/framework/core/substitute.hpp>
#include <xgrad/models/training/batch_function.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/take.hpp>

#include <algorithm>

namespace xgrad {
namespace {

/// A shape with another number of rows.
Shape with_rows(Shape shape, Dim rows) {
  shape[0] = rows;
  return shape;
}

}  // namespace

BatchFunction::BatchFunction(BatchAccess access, std::vector<Tensor> inputs, std::vector<Tensor> outputs,
                             Updates updates)
    : access_(access), inputs_(std::move(inputs)), outputs_(std::move(outputs)), updates_(std::move(updates)) {}

Batches BatchFunction::batches(std::span<const ArrayRef> arrays, std::int64_t first, std::int64_t samples,
                               std::int64_t batch_size) const {
  std::vector<ArrayRef> reshaped;
  std::transform(arrays.begin(), arrays.end(), inputs_.begin(), std::back_inserter(reshaped),
                 [](const ArrayRef& array, const Tensor& input) {
                   return array.reshaped(with_rows(input.shape(), array.shape()[0]).extents());
                 });
  return {access_, std::move(reshaped), first, samples, batch_size};
}

Function& BatchFunction::compiled_for(const Batches& batches) {
  std::vector<DType> dtypes;
  std::transform(batches.arrays().begin(), batches.arrays().end(), std::back_inserter(dtypes),
                 [](const ArrayRef& array) { return array.dtype(); });
  const std::scoped_lock lock(compiled_->mutex);
  auto& functions = compiled_->functions;
  auto found = functions.find(dtypes);
  if (found == functions.end()) found = functions.emplace(dtypes, compile(dtypes)).first;
  return found->second;
}

Function BatchFunction::compile(const std::vector<DType>& dtypes) const {
  const auto positions = input({batch}, "positions", DType::int64);
  std::vector<Tensor> arguments;
  std::vector<Substitution> substitutions;
  for (std::size_t index = 0; index < inputs_.size(); ++index) {
    const auto& original = inputs_[index];
    const Dim rows = access_ == BatchAccess::positions ? Dim::symbol("samples") : batch;
    arguments.push_back(input(with_rows(original.shape(), rows), original.name(), dtypes[index]));
    const auto& argument = arguments.back();
    const auto samples = access_ == BatchAccess::positions ? take(argument, positions) : argument;
    substitutions.push_back({original, cast(samples, original.dtype())});
  }
  if (access_ == BatchAccess::positions) arguments.push_back(positions);

  std::vector<Tensor> results = outputs_;
  std::transform(updates_.begin(), updates_.end(), std::back_inserter(results),
                 [](const Update& update) { return update.value; });
  results = substitute(results, substitutions);
  Updates updates;
  for (std::size_t index = 0; index < updates_.size(); ++index) {
    updates.push_back({updates_[index].parameter, results[outputs_.size() + index]});
  }
  results.erase(results.begin() + static_cast<std::ptrdiff_t>(outputs_.size()), results.end());
  return xgrad::compile(std::move(arguments), std::move(results), std::move(updates));
}

}  // namespace xgrad
