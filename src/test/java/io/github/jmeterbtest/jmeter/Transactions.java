package io.github.jmeterbtest.jmeter;

import org.apache.jmeter.control.TransactionController;
import org.apache.jmeter.control.TransactionSampler;
import org.apache.jmeter.samplers.SampleResult;

/** Samples as JMeter's Transaction Controller makes them with <em>Generate parent sample</em>. */
public final class Transactions {
    private Transactions() {}

    /** {@return the one sample that listeners hear of a transaction} */
    public static SampleResult of(SampleResult... samples) {
        TransactionController controller = new TransactionController();
        controller.setName("Transaction");
        controller.setGenerateParentSample(true);
        controller.addTestElement(new BandwidthTestSampler());
        controller.initialize();
        TransactionSampler transaction = (TransactionSampler) controller.next();
        for (SampleResult sample : samples) {
            transaction.addSubSamplerResult(sample);
        }
        controller.next();
        return transaction.getTransactionResult();
    }
}
