#include "torch_trainers.hpp"
#include "torch_weights.hpp"

namespace xgrad::benchmark {

namespace {

namespace nn = torch::nn;
using torch::nn::functional::cross_entropy;

class Model final : public nn::Module {
 public:
  explicit Model(double dropped)
      : first_(register_module("first", nn::Conv2d(nn::Conv2dOptions(1, 32, 3)))),
        second_(register_module("second", nn::Conv2d(nn::Conv2dOptions(32, 64, 3)))),
        dense_(register_module("dense", nn::Linear(1600, 10))),
        dropped_(dropped) {}

  torch::Tensor forward(torch::Tensor x) {
    x = torch::max_pool2d(torch::relu(first_(x)), 2);
    x = torch::max_pool2d(torch::relu(second_(x)), 2).flatten(1);
    return dense_(torch::dropout(x, dropped_, true));
  }

  void start(const std::vector<Array>& weights, bool channels_last) {
    // What xgrad flattens has its channels last, here they are first.
    const auto dense = dense_->weight.detach().view({10, 64, 5, 5}).permute({2, 3, 1, 0});
    std::vector<Array> reshaped = weights;
    reshaped[4] = Array(weights[4]).reshaped({5, 5, 64, 10});
    set_weights(*this,
                {convolution_kernel(first_->weight), first_->bias, convolution_kernel(second_->weight), second_->bias,
                 dense, dense_->bias},
                reshaped);
    if (!channels_last) return;
    for (auto& convolution : {first_, second_}) {
      convolution->weight.set_data(convolution->weight.contiguous(torch::MemoryFormat::ChannelsLast));
    }
  }

 private:
  nn::Conv2d first_, second_;
  nn::Linear dense_;
  double dropped_;
};

class Convnet final : public Trainer {
 public:
  Convnet(std::shared_ptr<const ConvnetData> data, double dropped, bool channels_last)
      : data_(std::move(data)),
        model_(dropped),
        format_(channels_last ? torch::MemoryFormat::ChannelsLast : torch::MemoryFormat::Contiguous),
        images_(as_torch<float>(data_->images).permute({0, 3, 1, 2}).contiguous(format_)),
        labels_(as_torch<std::uint8_t>(data_->labels).to(torch::kInt64)) {
    model_.start(data_->weights, channels_last);
  }

  double step() override {
    const auto batch = data_->batch(next_++);
    const auto order = torch::from_blob(const_cast<std::byte*>(batch.data()), batch.shape(), torch::kInt64);
    const auto logits = model_.forward(images_.index_select(0, order).contiguous(format_));
    const auto loss = cross_entropy(logits, labels_.index_select(0, order));
    optimizer_.zero_grad();
    loss.backward();
    optimizer_.step();
    return loss.item<double>();
  }

 private:
  std::shared_ptr<const ConvnetData> data_;
  Model model_;
  torch::MemoryFormat format_;
  torch::Tensor images_, labels_;
  torch::optim::Adam optimizer_{model_.parameters(), torch::optim::AdamOptions(1e-3).eps(1e-7)};
  std::int64_t next_ = 0;
};

}  // namespace

std::vector<MakeTrainer> torch_convnet(std::shared_ptr<const ConvnetData> data, double dropped) {
  return {[=] { return std::make_unique<Convnet>(data, dropped, false); },
          [=] { return std::make_unique<Convnet>(data, dropped, true); }};
}

}  // namespace xgrad::benchmark
