#pragma once

#include <xgrad/framework/runtime/function.hpp>

#include "text_data.hpp"
#include "trainer.hpp"
#include <memory>
#include <utility>
#include <vector>

namespace xgrad::benchmark {

/// xgrad on text: a compiled step from the characters of a batch and those that follow to the loss.
class TextTrainer final : public Trainer {
 public:
  TextTrainer(std::shared_ptr<const TextData> data, Function step) : data_(std::move(data)), step_(std::move(step)) {}

  double step() override {
    const auto batch = next_++ % data_->batches();
    const auto of_batch = [&](const Array& text) {
      return ArrayRef(text).rows(batch, 1).reshaped({data_->batch_size, data_->steps});
    };
    const ArrayRef inputs[] = {of_batch(data_->inputs), of_batch(data_->targets)};
    step_.run(inputs, loss_);
    return loss_[0].data<float>()[0];
  }

 private:
  std::shared_ptr<const TextData> data_;
  Function step_;
  std::vector<Array> loss_{Array()};
  std::int64_t next_ = 0;
};

}  // namespace xgrad::benchmark
