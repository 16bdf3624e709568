#include <xgrad/models/training/pass.hpp>

namespace xgrad {

void run_pass(BatchFunction& function, Batches& batches, Logs& means, const AfterBatch& after_batch) {
  std::vector<Array> outputs(means.size());
  std::vector<double> sums(means.size());
  std::int64_t seen = 0;
  Function& step = function.compiled_for(batches);
  for (std::int64_t batch = 0; batch < batches.count(); ++batch) {
    step.run(batches.arguments(batch), outputs);
    seen += batches.size(batch);
    auto mean = means.begin();
    for (std::size_t index = 0; index < outputs.size(); ++index, ++mean) {
      sums[index] += outputs[index].item() * static_cast<double>(batches.size(batch));
      mean->value = sums[index] / static_cast<double>(seen);
    }
    after_batch(batch, outputs.front().item());
  }
}

}  // namespace xgrad
