#include "torch_trainers.hpp"
#include "torch_weights.hpp"

namespace xgrad::benchmark {

namespace {

namespace nn = torch::nn;

class Model final : public nn::Module {
 public:
  explicit Model(std::int64_t channels) {
    for (const char* suffix : {"1", "2"}) {
      const auto options = nn::Conv2dOptions(channels, channels, 3).padding(1).bias(false);
      convolutions_.push_back(register_module(std::string("convolution") + suffix, nn::Conv2d(options)));
      norms_.push_back(register_module(std::string("norm") + suffix, nn::BatchNorm2d(channels)));
    }
  }

  torch::Tensor forward(const torch::Tensor& x) {
    const auto inner = torch::relu(norms_[0](convolutions_[0](x)));
    return torch::relu(norms_[1](convolutions_[1](inner)) + x);
  }

  void start(const std::vector<Array>& weights, torch::MemoryFormat format) {
    std::vector<torch::Tensor> targets;
    for (std::size_t layer = 0; layer < 2; ++layer) {
      targets.push_back(convolution_kernel(convolutions_[layer]->weight));
      targets.push_back(norms_[layer]->weight);
      targets.push_back(norms_[layer]->bias);
    }
    set_weights(*this, targets, weights);
    for (auto& convolution : convolutions_) {
      convolution->weight.set_data(convolution->weight.contiguous(format));
    }
  }

 private:
  std::vector<nn::Conv2d> convolutions_;
  std::vector<nn::BatchNorm2d> norms_;
};

class ResidualBlock final : public Trainer {
 public:
  ResidualBlock(std::shared_ptr<const ResidualBlockData> data, torch::MemoryFormat format)
      : data_(std::move(data)),
        model_(data_->channels()),
        x_(as_torch<float>(data_->x).permute({0, 3, 1, 2}).contiguous(format).requires_grad_()) {
    model_.start(data_->weights, format);
  }

  double step() override {
    const auto loss = model_.forward(x_).square().mean();
    optimizer_.zero_grad();
    x_.mutable_grad().reset();
    loss.backward();
    optimizer_.step();
    const auto slopes = x_.grad().index({0, torch::indexing::Slice(), 0, 0}).contiguous();
    return loss.item<double>() +
           data_->mean_square({slopes.data_ptr<float>(), static_cast<std::size_t>(slopes.size(0))});
  }

 private:
  std::shared_ptr<const ResidualBlockData> data_;
  Model model_;
  torch::Tensor x_;
  torch::optim::SGD optimizer_{model_.parameters(), torch::optim::SGDOptions(data_->learning_rate)};
};

}  // namespace

std::vector<MakeTrainer> torch_residual_block(std::shared_ptr<const ResidualBlockData> data) {
  std::vector<MakeTrainer> variants;
  for (auto format : {torch::MemoryFormat::Contiguous, torch::MemoryFormat::ChannelsLast}) {
    variants.push_back([=] { return std::make_unique<ResidualBlock>(data, format); });
  }
  return variants;
}

}  // namespace xgrad::benchmark
