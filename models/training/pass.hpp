#pragma once

#include <xgrad/models/training/batch_function.hpp>
#include <xgrad/models/training/logs.hpp>

#include <cstdint>
#include <functional>
#include <vector>

namespace xgrad {

/// Called after each batch with the batch's own loss, the first output.
using AfterBatch = std::function<void(std::int64_t batch, double loss)>;

/// Runs a function, whose outputs are scalars, once over all batches. `means`, with an entry for each output, always
/// holds the means over the samples so far: each batch counts as often as it has samples.
void run_pass(BatchFunction& function, Batches& batches, Logs& means, const AfterBatch& after_batch);

}  // namespace xgrad
