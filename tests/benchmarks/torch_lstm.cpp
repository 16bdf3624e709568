#include "torch_trainers.hpp"
#include "torch_weights.hpp"

namespace xgrad::benchmark {

namespace {

namespace nn = torch::nn;
using torch::nn::functional::cross_entropy;

class Model final : public nn::Module {
 public:
  Model(std::int64_t characters, std::int64_t units)
      : embedding_(register_module("embedding", nn::Embedding(characters, units))),
        lstm_(register_module("lstm", nn::LSTM(nn::LSTMOptions(units, units).num_layers(2)))),
        dense_(register_module("dense", nn::Linear(units, characters))) {}

  torch::Tensor forward(const torch::Tensor& text) { return dense_(std::get<0>(lstm_(embedding_(text)))); }

  void start(const std::vector<Array>& weights) {
    std::vector<torch::Tensor> targets{embedding_->weight};
    for (const auto& weight : lstm_->all_weights()) {
      targets.push_back(weight.dim() == 2 ? linear_kernel(weight) : weight);
    }
    targets.push_back(linear_kernel(dense_->weight));
    targets.push_back(dense_->bias);
    set_weights(*this, targets, weights);
  }

 private:
  nn::Embedding embedding_;
  nn::LSTM lstm_;
  nn::Linear dense_;
};

class Lstm final : public Trainer {
 public:
  Lstm(const TextData& data, std::int64_t units)
      : model_(data.characters, units),
        // The steps first, which libtorch is faster at.
        inputs_(as_torch<std::int64_t>(data.inputs).transpose(1, 2).contiguous()),
        targets_(as_torch<std::int64_t>(data.targets).transpose(1, 2).contiguous()) {
    model_.start(data.weights);
  }

  double step() override {
    const auto batch = next_++ % inputs_.size(0);
    const auto logits = model_.forward(inputs_[batch]);
    const auto loss = cross_entropy(logits.flatten(0, 1), targets_[batch].flatten());
    optimizer_.zero_grad();
    loss.backward();
    optimizer_.step();
    return loss.item<double>();
  }

 private:
  Model model_;
  torch::Tensor inputs_, targets_;
  torch::optim::Adam optimizer_{model_.parameters(), torch::optim::AdamOptions(1e-3).eps(1e-7)};
  std::int64_t next_ = 0;
};

}  // namespace

std::vector<MakeTrainer> torch_lstm(std::shared_ptr<const TextData> data, std::int64_t units) {
  return {[=] { return std::make_unique<Lstm>(*data, units); }};
}

}  // namespace xgrad::benchmark
